// SPDX-License-Identifier: Apache-2.0
// Sliders and annotations of a dictionary: the parts of a field with a small language of their own.
#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/platform/text/number.h"
#include "services/questionnaire/domain/exchange/redcap_choices.h"
#include "services/questionnaire/domain/exchange/redcap_field.h"

namespace reprise::exchange {
namespace {

using instrument::Item;
using instrument::ItemType;

// `low | middle | high`, or `low | high`. Ends without words show their value.
void ReadLabels(const std::string& cell, const std::string& language, instrument::Scale& scale) {
  std::vector<std::string> labels;
  for (const absl::string_view part : absl::StrSplit(cell, '|')) {
    bool html = false;
    labels.push_back(PlainText(part, html));
  }
  const auto words = [&](size_t i) { return i < labels.size() ? labels[i] : std::string(); };
  const bool three = labels.size() > 2;
  const std::string low = words(0), middle = three ? words(1) : "", high = words(three ? 2 : 1);
  scale.low_label[language] = low.empty() ? "0" : low;
  if (!middle.empty()) scale.middle_label[language] = middle;
  scale.high_label[language] = high.empty() ? "100" : high;
}

void ReadEnds(const RedcapRow& row, instrument::Scale& scale, Report& report) {
  for (const auto& [column, bound] :
       {std::pair(kMinimum, &scale.min), std::pair(kMaximum, &scale.max)}) {
    if (row.cells[column].empty()) continue;
    const auto number = text::ParseDouble(row.cells[column], "bound");
    if (number.ok()) {
      *bound = *number;
      report.Keep(row.Place(column), "RANGE");
    } else {
      report.Refuse(row.Place(column), "RANGE", "The end of a scale is a number.");
    }
  }
  if (*scale.min < *scale.max) return;
  scale.min = 0;
  scale.max = 100;
  report.Refuse(row.Place(kMinimum), "RANGE",
                "The ends of the scale are not in order; 0 to 100 were taken.");
}

bool TakeTag(const ActionTag& tag, Item& item) {
  const auto limit = text::ParseInt(tag.value, "limit");
  constexpr int64_t kMostCharacters = 1000000;
  if (tag.name == "@CHARLIMIT" && item.type == ItemType::kText && limit.ok() && *limit > 0 &&
      *limit <= kMostCharacters) {
    item.max_length = static_cast<int>(*limit);
    return true;
  }
  if (tag.name != "@NONEOFTHEABOVE" || item.type != ItemType::kMultipleChoice) return false;
  const std::vector<std::string> codes = SplitCodes(tag.value);
  size_t found = 0;
  for (instrument::Choice& choice : item.choices) {
    choice.exclusive = std::count(codes.begin(), codes.end(), choice.code) > 0;
    if (choice.exclusive) ++found;
  }
  return found == codes.size() && found > 0;
}

}  // namespace

void ReadRedcapSlider(const RedcapRow& row, const std::string& language, Item& item,
                      Report& report) {
  item.type = ItemType::kScale;
  item.scale.min = 0;
  item.scale.max = 100;
  item.scale.step = 1;
  ReadLabels(row.cells[kChoices], language, item.scale);
  const auto bars = std::count(row.cells[kChoices].begin(), row.cells[kChoices].end(), '|');
  if (bars > 2)
    report.Refuse(row.Place(kChoices), "SLIDER_LABELS", "A scale has at most three labels.");
  else if (!row.cells[kChoices].empty())
    report.Keep(row.Place(kChoices), "SLIDER_LABELS");
  item.scale.show_value = row.cells[kValidation] == "number";
  if (item.scale.show_value)
    report.Keep(row.Place(kValidation), "SLIDER_NUMBER");
  else if (!row.cells[kValidation].empty())
    report.Refuse(row.Place(kValidation), "VALIDATION", "A scale has no validation.");
  ReadEnds(row, item.scale, report);
  report.Keep(row.Place(kFieldType), "FIELD_TYPE");
}

void ReadRedcapAnnotation(const RedcapRow& row, Item& item, Report& report) {
  if (row.cells[kAnnotation].empty()) return;
  const std::string place = row.Place(kAnnotation);
  const Annotation annotation = ParseAnnotation(row.cells[kAnnotation]);
  bool html = false;
  item.annotation = PlainText(annotation.rest, html);
  if (!item.annotation.empty()) report.Keep(place, "ANNOTATION");
  for (const ActionTag& tag : annotation.tags) {
    if (TakeTag(tag, item)) {
      report.Keep(place, "ACTION_TAG");
    } else if (tag.name == "@CALCTEXT" || tag.name == "@CALCDATE") {
      report.Refuse(place, "ACTION_TAG",
                    absl::StrCat(tag.name,
                                 " computes a text or date; it is not translated, and the field "
                                 "stays one to fill in."));
    } else {
      report.Refuse(place, "ACTION_TAG",
                    absl::StrCat("The action tag ", tag.name.substr(0, 60), " is not known here."));
    }
  }
}

}  // namespace reprise::exchange
