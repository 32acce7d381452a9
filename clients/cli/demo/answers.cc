// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/answers.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::cli::demo {
namespace {

using instrument::ItemType;
using questionnaire::RawAnswer;

double NumberOr(const std::string& text, double other) {
  double number = 0;
  return absl::SimpleAtod(text, &number) ? number : other;
}

std::string DrawChoices(Dice& dice, const std::vector<instrument::Choice>& choices, bool several) {
  std::vector<std::string> plain;
  for (const instrument::Choice& choice : choices) {
    if (choice.missing == instrument::MissingKind::kNone && !choice.exclusive) plain.push_back(choice.code);
  }
  if (plain.empty()) return choices.empty() ? "" : choices.front().code;
  if (!several) return dice.Pick(plain);
  std::vector<std::string> chosen;
  for (const std::string& code : plain) {
    if (dice.Chance(0.35)) chosen.push_back(code);
  }
  if (chosen.empty()) chosen.push_back(dice.Pick(plain));
  return absl::StrJoin(chosen, "|");
}

// `answers[CODE]` of a violation.
std::string CodeOf(const std::string& path) {
  const size_t open = path.find('[');
  return open == std::string::npos ? "" : path.substr(open + 1, path.size() - open - 2);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Answerer>> Answerer::Make(const std::string& document) {
  auto answerer = std::make_unique<Answerer>();
  REPRISE_ASSIGN_OR_RETURN(answerer->instrument_, instrument::LoadInstrument(document, "document"));
  REPRISE_ASSIGN_OR_RETURN(answerer->form_, questionnaire::Form::Make(answerer->instrument_));
  return answerer;
}

RawAnswer Answerer::DrawOne(Dice& dice, Day day, const instrument::Item& item) const {
  const std::vector<instrument::Choice>& choices = instrument::ChoicesOf(instrument_, item);
  const double low = NumberOr(item.soft.min.empty() ? item.hard.min : item.soft.min, 0);
  const double high = NumberOr(item.soft.max.empty() ? item.hard.max : item.soft.max, low + 10);
  RawAnswer answer;
  switch (item.type) {
    case ItemType::kSingleChoice:
      answer.value = DrawChoices(dice, choices, false);
      break;
    case ItemType::kMultipleChoice:
      answer.value = DrawChoices(dice, choices, true);
      break;
    case ItemType::kMatrix:
      answer.value = DrawChoices(dice, choices, item.multiple);
      break;
    case ItemType::kInteger:
    case ItemType::kDecimal:
      answer.value = absl::StrCat(dice.Between(static_cast<int>(low), static_cast<int>(high)));
      break;
    case ItemType::kScale: {
      const double step = item.scale.step.value_or(1);
      const double from = item.scale.min.value_or(0);
      const int steps = static_cast<int>((item.scale.max.value_or(100) - from) / step);
      answer.value = absl::StrCat(from + step * dice.Between(0, steps));
      break;
    }
    case ItemType::kDate:
    case ItemType::kPartialDate:
      answer.value = absl::FormatCivilTime(day - dice.Between(0, 20));
      break;
    case ItemType::kTime:
      answer.value = absl::StrFormat("%02d:%02d", dice.Between(7, 10), 15 * dice.Between(0, 3));
      break;
    case ItemType::kText:
      answer.value = "Sans remarque.";
      break;
    default:
      answer.missing = instrument::MissingKind::kNotAnswered;
  }
  return answer;
}

absl::StatusOr<questionnaire::RawAnswers> Answerer::Draw(Dice& dice, Day day) const {
  std::map<std::string, RawAnswer> answers;
  std::map<std::string, const instrument::Item*> items;
  for (const instrument::Field& field : instrument::FieldsOf(instrument_)) {
    items[field.code()] = field.item;
    if (field.item->type == ItemType::kComputed || field.item->type == ItemType::kInformation) continue;
    const bool required = field.item->required || (field.row != nullptr && field.row->required);
    if (!required && dice.Chance(0.04)) continue;
    RawAnswer answer = DrawOne(dice, day, *field.item);
    if (!required && dice.Chance(0.01)) answer = {.value = {}, .missing = instrument::MissingKind::kRefused};
    answers[field.code()] = std::move(answer);
  }
  // Hidden items lose their answer, and what that shows anew gets one, until all agree.
  absl::Status refused;
  for (int round = 0; round < 20; ++round) {
    const questionnaire::RawAnswers raw(answers.begin(), answers.end());
    const auto accepted = form_->Accept(raw);
    if (accepted.ok()) return raw;
    refused = accepted.status();
    for (const error::Violation& violation : error::DetailOf(refused).violations) {
      const std::string code = CodeOf(violation.path);
      if (violation.reason == "ANSWER_MISSING" && items.count(code) != 0) {
        answers[code] = DrawOne(dice, day, *items[code]);
      } else {
        answers.erase(code);
      }
    }
  }
  return refused;
}

}  // namespace reprise::cli::demo
