// SPDX-License-Identifier: Apache-2.0
// Answers that a published instrument accepts: drawn item by item, then made to agree with its
// branching by the rules that the server applies.
#ifndef REPRISE_CLI_DEMO_ANSWERS_H_
#define REPRISE_CLI_DEMO_ANSWERS_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "clients/cli/demo/story.h"
#include "services/questionnaire/domain/instrument/instrument.h"
#include "services/questionnaire/domain/response/response.h"

namespace reprise::cli::demo {

class Answerer {
 public:
  // INVALID_ARGUMENT INSTRUMENT_INVALID
  static absl::StatusOr<std::unique_ptr<Answerer>> Make(const std::string& document);

  // `day` is the day of answering; dates in the answers are near it. A share of the optional items
  // stays without an answer or is refused. INTERNAL where no acceptable answers were found.
  absl::StatusOr<questionnaire::RawAnswers> Draw(Dice& dice, Day day) const;

 private:
  questionnaire::RawAnswer DrawOne(Dice& dice, Day day, const instrument::Item& item) const;

  instrument::Instrument instrument_;
  std::shared_ptr<const questionnaire::Form> form_;
};

}  // namespace reprise::cli::demo

#endif  // REPRISE_CLI_DEMO_ANSWERS_H_
