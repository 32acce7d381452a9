// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/scoring/scoring.h"

#include <utility>

#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/errors.h"
#include "services/questionnaire/domain/scoring/plan.h"

namespace reprise::scoring {
namespace {

using expression::Value;
using instrument::MissingKind;
using instrument::ScoreRule;

// The mean or sum of a step's terms; `result` gets value and outcome.
void Aggregate(const Step& step, absl::Span<const Answer> answers, absl::Span<const Value> values,
               Result& result) {
  double sum = 0;
  int answered = 0;
  for (const Term& term : step.terms) {
    double value = 0;
    if (term.from_answer) {
      if (term.place >= answers.size() || answers[term.place].missing != MissingKind::kNone)
        continue;
      value = answers[term.place].value;
    } else {
      if (values[term.place].type() != expression::Type::kNumber) continue;
      value = values[term.place].number();
    }
    sum += term.reversed ? term.turn - value : value;
    ++answered;
  }
  const int total = static_cast<int>(step.terms.size());
  if (answered < step.min_answered || answered == 0) {
    result.outcome = Outcome::kTooFewAnswered;
    return;
  }
  result.outcome = answered == total ? Outcome::kComplete : Outcome::kProrated;
  double value = step.rule == ScoreRule::kMean ? sum / answered : sum;
  if (step.rule == ScoreRule::kSum && answered < total) value = sum / answered * total;
  result.value = step.rescaled ? step.to + (value - step.from) * step.factor : value;
}

void Compute(const Step& step, absl::Span<const Value> values, Result& result) {
  for (const size_t need : step.needs) {
    if (!values[need].is_null()) continue;
    result.outcome = Outcome::kNeedMissing;
    return;
  }
  const Value value = step.program->Evaluate(values);
  result.outcome = Outcome::kComputed;
  if (value.type() == expression::Type::kNumber)
    result.value = value.number();
  else if (value.type() == expression::Type::kBoolean)
    result.value = value.boolean() ? 1 : 0;
  else
    result.outcome = Outcome::kUndefined;
}

void RunScore(const Step& step, absl::Span<const Answer> answers, absl::Span<const Value> values,
              Result& result) {
  result = Result{};
  result.items_total = static_cast<int>(step.answers_used.size());
  for (const size_t answer : step.answers_used) {
    if (answer < answers.size() && answers[answer].missing == MissingKind::kNone) {
      ++result.items_answered;
    }
  }
  if (step.not_applicable_when && step.not_applicable_when->Holds(values)) {
    result.outcome = Outcome::kNotApplicable;
  } else if (step.rule == ScoreRule::kExpression) {
    Compute(step, values, result);
  } else {
    Aggregate(step, answers, values, result);
  }
}

void PlaceAnswer(const ItemPlan& item, const Answer& answer, std::vector<Value>& values) {
  if (answer.missing != MissingKind::kNone) return;
  values[item.slot] = answer.code;
  if (item.type != instrument::ItemType::kMultipleChoice) return;
  for (size_t i = 0; i < item.choices.size() && i < answer.boxes.size(); ++i) {
    if (item.choices[i].missing == MissingKind::kNone) {
      values[item.choices[i].slot] = Value::Number(answer.boxes[i] ? 1 : 0);
    }
  }
}

}  // namespace

const char* NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kComplete:
      return "complete";
    case Outcome::kProrated:
      return "prorated";
    case Outcome::kComputed:
      return "computed";
    case Outcome::kTooFewAnswered:
      return "too_few_answered";
    case Outcome::kNeedMissing:
      return "need_missing";
    case Outcome::kNotApplicable:
      return "not_applicable";
    case Outcome::kUndefined:
      return "undefined";
  }
  return "";
}

std::vector<Value> Plan::Run(absl::Span<const Answer> answers, std::vector<Result>* results) const {
  std::vector<Value> values(slots);
  for (size_t i = 0; i < items.size() && i < answers.size(); ++i) {
    PlaceAnswer(items[i], answers[i], values);
  }
  if (results != nullptr) results->resize(score_ids.size());
  for (const Step& step : steps) {
    if (!step.result) {
      values[step.slot] = step.program->Evaluate(values);
      continue;
    }
    Result result;
    RunScore(step, answers, values, result);
    if (result.value) {
      values[step.slot] = Value::Number(*result.value);
      // Beyond what a double holds there is no score.
      if (values[step.slot].is_null())
        result = {.value = std::nullopt,
                  .outcome = Outcome::kUndefined,
                  .items_answered = result.items_answered,
                  .items_total = result.items_total};
    }
    if (results != nullptr) (*results)[*step.result] = result;
  }
  return values;
}

absl::StatusOr<Scorer> Scorer::Compile(const instrument::Instrument& instrument) {
  std::vector<error::Violation> faults;
  for (instrument::Problem& problem : instrument::CheckInstrument(instrument)) {
    if (problem.severity == instrument::Severity::kError)
      faults.push_back(std::move(problem.violation));
  }
  if (!faults.empty()) return instrument::InstrumentInvalid(faults);
  return Scorer(std::make_unique<const Plan>(MakePlan(instrument)));
}

void Scorer::Score(absl::Span<const Answer> answers, std::vector<Result>& results) const {
  plan_->Run(answers, &results);
}

std::vector<bool> Scorer::Shown(absl::Span<const Answer> answers) const {
  return plan_->Shown(answers);
}

std::vector<std::string> Scorer::Alerts(absl::Span<const Answer> answers) const {
  std::vector<std::string> ids;
  if (plan_->alerts.empty()) return ids;
  const std::vector<Value> values = plan_->Run(answers, nullptr);
  for (const AlertPlan& alert : plan_->alerts) {
    if (alert.when.Holds(values)) ids.push_back(alert.id);
  }
  return ids;
}

const std::vector<std::string>& Scorer::items() const { return plan_->item_codes; }
const std::vector<std::string>& Scorer::scores() const { return plan_->score_ids; }
const std::string& Scorer::instrument_id() const { return plan_->id; }
const std::string& Scorer::version() const { return plan_->version; }

Scorer::Scorer(std::unique_ptr<const Plan> plan) : plan_(std::move(plan)) {}
Scorer::Scorer(Scorer&&) noexcept = default;
Scorer& Scorer::operator=(Scorer&&) noexcept = default;
Scorer::~Scorer() = default;

}  // namespace reprise::scoring
