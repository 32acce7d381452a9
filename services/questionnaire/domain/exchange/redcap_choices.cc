// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/redcap_choices.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace reprise::exchange {
namespace {

bool IsTagByte(unsigned char c) {
  return absl::ascii_isupper(c) || absl::ascii_isdigit(c) || c == '-' || c == '_';
}

// `='...'`, `="..."`, `=(...)` or `=word` at the front of `text`; moves past it.
std::string TakeValue(absl::string_view& text) {
  if (text.empty() || text[0] != '=') return "";
  text.remove_prefix(1);
  size_t end = 0;
  bool quoted = false;
  if (!text.empty() && (text[0] == '\'' || text[0] == '"')) {
    quoted = true;
    end = std::min(text.find(text[0], 1), text.size());
  } else if (!text.empty() && text[0] == '(') {
    int depth = 0;
    for (; end < text.size(); ++end) {
      if (text[end] == '(') ++depth;
      if (text[end] == ')' && --depth == 0) break;
    }
    end = std::min(end + 1, text.size());
  } else {
    while (end < text.size() && !absl::ascii_isspace(static_cast<unsigned char>(text[end]))) ++end;
  }
  const std::string value(text.substr(quoted ? 1 : 0, quoted ? end - 1 : end));
  text.remove_prefix(std::min(end + (quoted ? 1 : 0), text.size()));
  return value;
}

}  // namespace

bool IsUsableCode(absl::string_view code) {
  return !code.empty() && code.size() <= 100 &&
         std::all_of(code.begin(), code.end(), [](unsigned char c) {
           return absl::ascii_isgraph(c) &&
                  std::string("|()[]'\";,").find(static_cast<char>(c)) == std::string::npos;
         });
}

std::vector<instrument::Choice> ParseChoices(absl::string_view cell, const std::string& language,
                                             const std::string& place, Report& report) {
  std::vector<instrument::Choice> choices;
  std::set<std::string> seen;
  size_t number = 0;
  for (absl::string_view part : absl::StrSplit(cell, '|')) {
    ++number;
    part = absl::StripAsciiWhitespace(part);
    const std::string where = absl::StrCat(place, ", choice ", number);
    if (part.empty()) {
      report.Change(where, "CHOICE", "An empty choice was left out.");
      continue;
    }
    const size_t comma = part.find(',');
    instrument::Choice choice;
    choice.code = std::string(absl::StripAsciiWhitespace(part.substr(0, comma)));
    bool html = false;
    std::string label =
        comma == absl::string_view::npos ? "" : PlainText(part.substr(comma + 1), html);
    if (!IsUsableCode(choice.code)) {
      report.Refuse(where, "CHOICE",
                    "The choice has no code that can be stored (no blanks, brackets, quotes).");
      continue;
    }
    if (!seen.insert(choice.code).second) {
      report.Refuse(where, "CHOICE", absl::StrCat("The code ", choice.code, " stands twice."));
      continue;
    }
    if (label.empty()) {
      label = choice.code;
      report.Change(where, "CHOICE", "The choice has no label; its code is shown.");
    } else if (html) {
      report.Change(where, "CHOICE", "HTML was taken out of the label.");
    } else {
      report.Keep(where, "CHOICE");
    }
    choice.label[language] = label;
    choices.push_back(std::move(choice));
  }
  return choices;
}

Annotation ParseAnnotation(absl::string_view cell) {
  Annotation annotation;
  while (!cell.empty()) {
    const bool starts = cell[0] == '@' && cell.size() > 1 &&
                        absl::ascii_isupper(static_cast<unsigned char>(cell[1]));
    if (!starts) {
      annotation.rest += cell[0];
      cell.remove_prefix(1);
      continue;
    }
    size_t end = 1;
    while (end < cell.size() && IsTagByte(static_cast<unsigned char>(cell[end]))) ++end;
    ActionTag tag;
    tag.name = std::string(cell.substr(0, end));
    cell.remove_prefix(end);
    tag.value = TakeValue(cell);
    annotation.tags.push_back(std::move(tag));
  }
  annotation.rest = std::string(absl::StripAsciiWhitespace(annotation.rest));
  return annotation;
}

std::vector<std::string> SplitCodes(absl::string_view value) {
  std::vector<std::string> codes;
  for (const absl::string_view part : absl::StrSplit(value, ',')) {
    const absl::string_view code = absl::StripAsciiWhitespace(part);
    if (!code.empty()) codes.emplace_back(code);
  }
  return codes;
}

}  // namespace reprise::exchange
