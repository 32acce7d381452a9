// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/report.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace reprise::exchange {
namespace {

// Length of an HTML tag that begins here (`<b>`, `</div>`, `<br/>`), or 0: `<` before a blank, a
// digit or a sign is the character itself.
size_t TagLength(absl::string_view text) {
  size_t at = 1;
  if (at < text.size() && text[at] == '/') ++at;
  if (at >= text.size() || !absl::ascii_isalpha(static_cast<unsigned char>(text[at]))) return 0;
  const size_t end = text.find_first_of("<>", at);
  return end == absl::string_view::npos || text[end] == '<' ? 0 : end + 1;
}

bool BreaksLine(absl::string_view tag) {
  const std::string lower = absl::AsciiStrToLower(tag);
  return absl::StartsWith(lower, "<br") || absl::StartsWith(lower, "</p") ||
         absl::StartsWith(lower, "</div") || absl::StartsWith(lower, "</li");
}

constexpr std::pair<absl::string_view, absl::string_view> kEntities[] = {
    {"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
    {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", "\u00a0"}};

}  // namespace

const char* NameOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kKept:
      return "kept";
    case Verdict::kChanged:
      return "changed";
    case Verdict::kRefused:
      return "refused";
  }
  return "";
}

void Report::Keep(std::string place, std::string construct) {
  findings_.push_back({Verdict::kKept, std::move(place), std::move(construct), ""});
}

void Report::Change(std::string place, std::string construct, std::string message) {
  findings_.push_back(
      {Verdict::kChanged, std::move(place), std::move(construct), std::move(message)});
}

void Report::Refuse(std::string place, std::string construct, std::string message) {
  findings_.push_back(
      {Verdict::kRefused, std::move(place), std::move(construct), std::move(message)});
}

size_t Report::Count(Verdict verdict) const {
  return static_cast<size_t>(std::count_if(findings_.begin(), findings_.end(),
                                           [&](const Finding& f) { return f.verdict == verdict; }));
}

std::string PlainText(absl::string_view text, bool& changed) {
  text = absl::StripAsciiWhitespace(text);
  std::string plain;
  changed = false;
  while (!text.empty()) {
    const unsigned char c = static_cast<unsigned char>(text[0]);
    size_t used = 1;
    if (c == '<' && TagLength(text) > 0) {
      used = TagLength(text);
      if (BreaksLine(text.substr(0, used))) plain += '\n';
      changed = true;
    } else if (c == '\r') {
      if (text.size() < 2 || text[1] != '\n') plain += '\n';
    } else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      changed = true;
    } else {
      const auto* const entity =
          std::find_if(std::begin(kEntities), std::end(kEntities),
                       [&](const auto& e) { return c == '&' && absl::StartsWith(text, e.first); });
      if (entity != std::end(kEntities)) {
        plain.append(entity->second.data(), entity->second.size());
        used = entity->first.size();
        changed = true;
      } else {
        plain += static_cast<char>(c);
      }
    }
    text.remove_prefix(used);
  }
  return std::string(absl::StripAsciiWhitespace(plain));
}

std::string CodeOf(absl::string_view identifier) {
  std::string code;
  for (const unsigned char c : identifier) {
    code += absl::ascii_isalnum(c) ? static_cast<char>(c) : '_';
  }
  const size_t start = code.find_first_not_of('_');
  code = start == std::string::npos ? "" : code.substr(start);
  if (code.empty() || !absl::ascii_isalpha(static_cast<unsigned char>(code[0]))) code = "q_" + code;
  constexpr size_t kMostCharacters = 90;  // room for a suffix
  return code.substr(0, kMostCharacters);
}

}  // namespace reprise::exchange
