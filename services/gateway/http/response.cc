// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/response.h"

#include <algorithm>
#include <boost/beast/http/status.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace reprise::gateway {
namespace {

constexpr std::pair<const char*, const char*> kStandard[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

bool Has(const Response& response, absl::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(), [&](const auto& header) {
    return absl::EqualsIgnoreCase(header.first, name);
  });
}

bool OneLine(absl::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return c == '\t' ? false : absl::ascii_iscntrl(static_cast<unsigned char>(c));
  });
}

}  // namespace

void AddStandardHeaders(Response& response, bool secure, absl::Time now) {
  for (const auto& [name, value] : kStandard) {
    if (!Has(response, name)) response.headers.emplace_back(name, value);
  }
  if (secure) {
    response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  }
  response.headers.emplace_back(
      "Date", absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", now, absl::UTCTimeZone()));
}

std::string HeadText(const Response& response) {
  const auto reason =
      boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(response.status));
  // 499 and other numbers outside the register have no phrase of their own.
  std::string text = absl::StrCat("HTTP/1.1 ", response.status, " ",
                                  absl::string_view(reason.data(), reason.size()), "\r\n");
  for (const auto& [name, value] : response.headers) {
    if (OneLine(name) && OneLine(value)) absl::StrAppend(&text, name, ": ", value, "\r\n");
  }
  return text + "\r\n";
}

bool Accepts(absl::string_view accept, absl::string_view coding) {
  for (const absl::string_view item : absl::StrSplit(accept, ',')) {
    const std::vector<absl::string_view> parts = absl::StrSplit(item, ';');
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts[0]), coding)) continue;
    double quality = 1;
    for (size_t i = 1; i < parts.size(); ++i) {
      absl::string_view parameter = absl::StripAsciiWhitespace(parts[i]);
      if (absl::StartsWithIgnoreCase(parameter, "q=") &&
          !absl::SimpleAtod(parameter.substr(2), &quality)) {
        return false;
      }
    }
    return quality > 0;
  }
  return false;
}

}  // namespace reprise::gateway
