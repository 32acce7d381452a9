// SPDX-License-Identifier: Apache-2.0
// Raw codes in, scores out. An instrument is compiled once into a Scorer; scoring is then pure.
// Nothing is imputed into answers, and the order in which answers are stored or items are listed
// does not matter. docs/instruments.md explains the rules:
//   mean        of the answered items, none below `min_answered` (default: all)
//   sum         that mean times the number of items: with all answered, their sum
//   expression  of items and scores, none where one of `needs` (default: all it names) is missing
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_SCORING_SCORING_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_SCORING_SCORING_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "services/platform/error/error.h"
#include "services/questionnaire/domain/expression/value.h"
#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::scoring {

// What became of a score. The first three carry a value, the others never do.
enum class Outcome {
  kComplete,        // every item answered
  kProrated,        // items missing, but no more than the rule allows
  kComputed,        // by expression
  kTooFewAnswered,  // below min_answered
  kNeedMissing,     // something the expression needs is missing
  kNotApplicable,   // not_applicable_when is true
  kUndefined,       // the expression is blank for these answers, as x/0 is
};
const char* NameOf(Outcome outcome);

struct Result {
  std::optional<double> value;  // finite
  Outcome outcome = Outcome::kTooFewAnswered;
  int items_answered = 0;  // of all items the score rests on, directly or through other scores
  int items_total = 0;
};

// One answer as scoring takes it. Without an answer `missing` says why and `codes` is empty.
struct Answer {
  instrument::MissingKind missing = instrument::MissingKind::kNotAnswered;
  double value = 0;         // what mean and sum count; 0 where the item has no numeric value
  expression::Value code;   // what expressions see
  std::vector<bool> boxes;  // multiple choice: a place a choice, in the order of the definition
};

struct Plan;

// Immutable, so threads may share it.
class Scorer {
 public:
  // Requires an instrument without errors (CheckInstrument), otherwise
  //   INVALID_ARGUMENT INSTRUMENT_INVALID
  static absl::StatusOr<Scorer> Compile(const instrument::Instrument& instrument);

  // Item codes, in the order of the answers: matrix rows by their codes; no information, no
  // computed items.
  const std::vector<std::string>& items() const;
  // Score ids, in the order of the results.
  const std::vector<std::string>& scores() const;
  const std::string& instrument_id() const;
  const std::string& version() const;

  // A raw code as stored; several of a multiple choice are separated by '|'. Empty is not
  // answered; a missing code of the instrument is what it says. A violation (path empty) with
  // ANSWER_UNKNOWN_CODE, ANSWER_OUT_OF_RANGE or ANSWER_MALFORMED names what is accepted and never
  // repeats the answer. Numbers may carry blanks around them and a zero fraction (`2.0`).
  std::optional<error::Violation> Read(size_t item, absl::string_view raw, Answer& answer) const;

  // Which items branching shows for these answers, one a place of items(); what stands in a hidden
  // item does not count. Requires one answer an item.
  std::vector<bool> Shown(absl::Span<const Answer> answers) const;

  // One result a score. Answers beyond the span are not answered.
  void Score(absl::Span<const Answer> answers, std::vector<Result>& results) const;

  // Ids of the alerts that are true for these answers.
  std::vector<std::string> Alerts(absl::Span<const Answer> answers) const;

  Scorer(Scorer&&) noexcept;
  Scorer& operator=(Scorer&&) noexcept;
  ~Scorer();

 private:
  explicit Scorer(std::unique_ptr<const Plan> plan);
  std::unique_ptr<const Plan> plan_;
};

}  // namespace reprise::scoring

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_SCORING_SCORING_H_
