// SPDX-License-Identifier: Apache-2.0
// What a person gets from the planning verbs: a table, a sentence that says what it means, and a
// small plot, as one text. Arguments are as typed; refusals name the argument.
#ifndef REPRISE_CLI_OFFLINE_STATS_REPORTS_H_
#define REPRISE_CLI_OFFLINE_STATS_REPORTS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace reprise::cli {

// `reprise stats interval`: one "x/n" a proportion, two a difference, a count with --exposure a
// rate,
// --mean, --sd and --n a mean and its standard deviation.
struct IntervalArguments {
  std::vector<std::string> values = {};
  std::string conf = "0.95";
  std::string method = "wilson";
  std::string exposure = "", mean = "", sd = "", n = "";
};
absl::StatusOr<std::string> IntervalReport(const IntervalArguments& arguments);

// `reprise stats progression`: a rule's operating characteristics, the light of a result, the
// overall decision over further criteria "NAME:x/n:RED:GREEN", and the n the rule needs.
struct ProgressionArguments {
  std::string n = "", red = "", green = "", x = "";
  std::vector<std::string> true_p = {};  // empty: a grid around the rule
  std::vector<std::string> criteria = {};
  std::string alpha = "0.05", power = "0.8";
  bool robust = false;
};
absl::StatusOr<std::string> ProgressionReport(const ProgressionArguments& arguments);

// `reprise stats forecast`; lists are separated by commas.
struct ForecastArguments {
  std::string recruited = "", exposure = "", open_delay = "", centres = "";
  std::string horizon = "", target = "";
  std::string alpha = "", beta = "";  // the prior itself, or
  std::string rate = "", cv = "";     // a protocol's expectation, or neither: maximum likelihood
  std::string weight = "1";
  std::string start = "";  // the data cut as YYYY-MM-DD; times are then months
};
absl::StatusOr<std::string> ForecastReport(const ForecastArguments& arguments);

// `reprise stats samplesize KIND`: flags by column name. Empty values take the kind's presets.
using Typed = std::vector<std::pair<std::string, std::string>>;
absl::StatusOr<std::string> SampleSizeReport(const std::string& kind, const Typed& typed);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_REPORTS_H_
