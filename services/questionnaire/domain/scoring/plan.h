// SPDX-License-Identifier: Apache-2.0
// What an instrument is compiled into: where each answer's value goes, and the computed items and
// scores as steps in an order in which each follows what it uses.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_SCORING_PLAN_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_SCORING_PLAN_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/questionnaire/domain/expression/expression.h"
#include "services/questionnaire/domain/instrument/instrument.h"
#include "services/questionnaire/domain/scoring/scoring.h"

namespace reprise::scoring {

struct ChoicePlan {
  std::string code;
  std::optional<double> number;  // the code, where it is a number
  expression::Value value;       // what expressions see
  double score = 0;
  instrument::MissingKind missing = instrument::MissingKind::kNone;
  bool exclusive = false;
  size_t slot = 0;  // several choices: of [item(code)]
};

struct ItemPlan {
  std::string code;
  instrument::ItemType type = instrument::ItemType::kUnspecified;  // of a row: its matrix' choice
  std::vector<ChoicePlan> choices;
  instrument::Range hard;
  std::optional<double> low;
  std::optional<double> high;
  std::optional<int> max_length;
  size_t slot = 0;
};

// One item of a mean or sum. From an answer, or from the slot of a computed item.
struct Term {
  bool from_answer = true;
  size_t place = 0;
  bool reversed = false;
  double turn = 0;  // lowest + highest
};

struct Step {
  size_t slot = 0;
  std::optional<size_t> result;  // none for a computed item
  instrument::ScoreRule rule = instrument::ScoreRule::kExpression;
  std::vector<Term> terms;
  int min_answered = 0;
  bool rescaled = false;
  double from = 0, to = 0, factor = 1;  // to + (x - from) * factor
  std::optional<expression::Program> program;
  std::optional<expression::Program> not_applicable_when;
  std::vector<size_t> needs;         // slots that must not be null
  std::vector<size_t> answers_used;  // items, directly or through other steps, each once
};

struct AlertPlan {
  std::string id;
  expression::Program when;
};

struct Plan {
  std::string id;
  std::string version;
  std::vector<ItemPlan> items;
  std::vector<std::string> item_codes;
  std::vector<std::string> score_ids;
  std::vector<instrument::MissingCode> missing_codes;
  std::vector<Step> steps;
  std::vector<AlertPlan> alerts;
  std::vector<std::vector<expression::Program>> shown_if;  // an item is shown where all hold
  size_t slots = 0;

  // Values of all slots for these answers: items first, then every step in turn. Fills `results`
  // where given.
  std::vector<expression::Value> Run(absl::Span<const Answer> answers,
                                     std::vector<Result>* results) const;
  // Which items branching shows; the answers of hidden ones do not count.
  std::vector<bool> Shown(absl::Span<const Answer> answers) const;
};

// Requires an instrument without errors (CheckInstrument).
Plan MakePlan(const instrument::Instrument& instrument);

}  // namespace reprise::scoring

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_SCORING_PLAN_H_
