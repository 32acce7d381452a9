// SPDX-License-Identifier: Apache-2.0
#include "services/platform/log/log.h"

#include <unistd.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "services/platform/time/clock.h"

namespace reprise::log {
namespace {

void AppendText(std::string& line, absl::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  });
  if (plain) {
    absl::StrAppend(&line, "\"", text, "\"");
  } else {
    using Json = nlohmann::ordered_json;
    line += Json(std::string(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

void Write(const char* level, absl::string_view message, std::initializer_list<Field> fields) {
  std::string text = absl::StrCat("{\"time\":\"", FormatInstant(absl::Now()), "\",\"level\":\"", level,
                                  "\",\"message\":");
  AppendText(text, message);
  for (const auto& [key, value] : fields) {
    absl::StrAppend(&text, ",\"", key, "\":");
    AppendText(text, value);
  }
  text += "}\n";
  // One write a line, so that lines of several threads never mix.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

void Info(absl::string_view message, std::initializer_list<Field> fields) {
  Write("info", message, fields);
}
void Error(absl::string_view message, std::initializer_list<Field> fields) {
  Write("error", message, fields);
}

}  // namespace reprise::log
