// SPDX-License-Identifier: Apache-2.0
// Raw codes as stored turned into answers.
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/platform/text/number.h"
#include "services/questionnaire/domain/instrument/values.h"
#include "services/questionnaire/domain/scoring/plan.h"
#include "services/questionnaire/domain/scoring/scoring.h"

namespace reprise::scoring {
namespace {

using expression::Value;
using instrument::ItemType;
using instrument::MissingKind;

error::Violation Fault(const char* reason, std::string message) {
  return {.path = "", .reason = reason, .message = std::move(message)};
}

error::Violation UnknownCode(const ItemPlan& item) {
  constexpr size_t kMostNamed = 20;
  std::string codes;
  for (size_t i = 0; i < item.choices.size() && i < kMostNamed; ++i) {
    absl::StrAppend(&codes, i == 0 ? "" : ", ", item.choices[i].code);
  }
  if (item.choices.size() > kMostNamed) codes += ", ...";
  return Fault("ANSWER_UNKNOWN_CODE", absl::StrCat("The answer is none of the codes ", codes, "."));
}

// The choice with this code, or with this number as its code (spreadsheets write 2 as 2.0).
const ChoicePlan* FindChoice(const ItemPlan& item, absl::string_view raw) {
  for (const ChoicePlan& choice : item.choices) {
    if (choice.code == raw) return &choice;
  }
  const auto number = text::ParseDouble(raw, "code");
  if (!number.ok()) return nullptr;
  for (const ChoicePlan& choice : item.choices) {
    if (choice.number == *number) return &choice;
  }
  return nullptr;
}

std::optional<error::Violation> ReadOne(const ItemPlan& item, absl::string_view raw,
                                        Answer& answer) {
  const ChoicePlan* const choice = FindChoice(item, raw);
  if (choice == nullptr) return UnknownCode(item);
  answer.missing = choice->missing;
  if (choice->missing != MissingKind::kNone) return std::nullopt;
  answer.value = choice->score;
  answer.code = choice->value;
  return std::nullopt;
}

std::optional<error::Violation> ReadSeveral(const ItemPlan& item, absl::string_view raw,
                                            Answer& answer) {
  answer.boxes.assign(item.choices.size(), false);
  size_t ticked = 0;
  for (const absl::string_view part : absl::StrSplit(raw, '|')) {
    const ChoicePlan* const choice = FindChoice(item, absl::StripAsciiWhitespace(part));
    if (choice == nullptr) return UnknownCode(item);
    const size_t place = static_cast<size_t>(choice - item.choices.data());
    if (answer.boxes[place]) return Fault("ANSWER_MALFORMED", "A code stands twice in the answer.");
    answer.boxes[place] = true;
    answer.missing = choice->missing;
    ++ticked;
  }
  for (size_t i = 0; i < item.choices.size() && ticked > 1; ++i) {
    const ChoicePlan& choice = item.choices[i];
    if (answer.boxes[i] && (choice.exclusive || choice.missing != MissingKind::kNone)) {
      return Fault("ANSWER_MALFORMED",
                   absl::StrCat("The code ", choice.code, " stands with no other code."));
    }
  }
  if (answer.missing == MissingKind::kNone)
    answer.code = Value::Number(static_cast<double>(ticked));
  return std::nullopt;
}

std::optional<error::Violation> ReadOrdered(const ItemPlan& item, absl::string_view raw,
                                            Answer& answer) {
  const auto ordinal = instrument::OrdinalOf(item.type, raw);
  if (!ordinal) {
    return Fault("ANSWER_MALFORMED",
                 absl::StrCat("The answer is not ", instrument::FormOf(item.type), "."));
  }
  if ((item.low && *ordinal < *item.low) || (item.high && *ordinal > *item.high)) {
    const auto bound = [](const std::optional<double>& number, const std::string& written) {
      return !written.empty() ? written : number ? text::FormatDouble(*number) : "...";
    };
    return Fault("ANSWER_OUT_OF_RANGE",
                 absl::StrCat("The answer is outside ", bound(item.low, item.hard.min), " to ",
                              bound(item.high, item.hard.max), "."));
  }
  answer.missing = MissingKind::kNone;
  answer.value = *ordinal;
  const bool is_date = item.type == ItemType::kDate;
  const bool is_words = item.type == ItemType::kPartialDate || item.type == ItemType::kTime;
  answer.code = is_date    ? Value::DateOfDays(static_cast<int32_t>(*ordinal))
                : is_words ? Value::Text(std::string(raw))
                           : Value::Number(*ordinal);
  return std::nullopt;
}

std::optional<error::Violation> ReadText(const ItemPlan& item, absl::string_view raw,
                                         Answer& answer) {
  const auto characters = std::count_if(raw.begin(), raw.end(), [](unsigned char c) {
    return (c & 0xC0) != 0x80;  // not a continuation byte of UTF-8
  });
  if (item.max_length && characters > *item.max_length) {
    return Fault("ANSWER_OUT_OF_RANGE",
                 absl::StrCat("The text is longer than ", *item.max_length, " characters."));
  }
  answer.missing = MissingKind::kNone;
  answer.code = Value::Text(std::string(raw));
  return std::nullopt;
}

}  // namespace

std::optional<error::Violation> Scorer::Read(size_t item, absl::string_view raw,
                                             Answer& answer) const {
  const ItemPlan& plan = plan_->items[item];
  answer.missing = MissingKind::kNotAnswered;
  answer.value = 0;
  answer.code = Value();
  answer.boxes.clear();
  raw = absl::StripAsciiWhitespace(raw);
  if (raw.empty()) return std::nullopt;
  for (const instrument::MissingCode& missing : plan_->missing_codes) {
    if (missing.code != raw) continue;
    answer.missing = missing.kind;
    return std::nullopt;
  }
  switch (plan.type) {
    case ItemType::kSingleChoice:
      return ReadOne(plan, raw, answer);
    case ItemType::kMultipleChoice:
      return ReadSeveral(plan, raw, answer);
    case ItemType::kText:
      return ReadText(plan, raw, answer);
    default:
      return ReadOrdered(plan, raw, answer);
  }
}

}  // namespace reprise::scoring
