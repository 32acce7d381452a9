// SPDX-License-Identifier: Apache-2.0
// The JSON of `reprise anonymise --report`: the exact fields of the oracles' expected.json under
// their names, and how the result came about.
#ifndef REPRISE_CLI_OFFLINE_ANONYMISE_REPORT_H_
#define REPRISE_CLI_OFFLINE_ANONYMISE_REPORT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

#include "clients/cli/offline/anonymise/inputs.h"
#include "services/extract/domain/anonymisation/costs.h"
#include "services/extract/domain/anonymisation/recoding.h"

namespace reprise::cli {

struct RunFacts {
  uint64_t seed = 0;
  double solver_cpu_ms = 0;
  bool verified = false;
};

std::string ReportJson(const AnonymiseInputs& inputs,
                       const extract::anonymisation::Recoding& recoding, const RunFacts& facts);

// The report when there is no release: "solution": false and why.
std::string RefusalJson(const absl::Status& why);

std::string CostsJson(const AnonymiseInputs& inputs,
                      const std::vector<extract::anonymisation::Cost>& costs, double cpu_ms);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ANONYMISE_REPORT_H_
