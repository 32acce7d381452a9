// SPDX-License-Identifier: Apache-2.0
// One family of `reprise stats batch`: named input columns in, named output columns out. The frame
// reads and checks the columns, repeats the inputs and appends what `run` returns.
#ifndef REPRISE_CLI_OFFLINE_STATS_FAMILY_H_
#define REPRISE_CLI_OFFLINE_STATS_FAMILY_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/platform/text/csv.h"

namespace reprise::cli {

// What the command line gives beside the input file; each family says which it needs.
struct BatchOptions {
  text::CsvTable derived;  // --derived; header empty where not given
  int64_t trials = 10000;  // --trials
};

struct Family {
  std::string name;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  // `input` has at least the columns `inputs`, in any order. Returns one row of outputs.size()
  // cells for each input row, a cell empty where not computable; an error names `row N, column`.
  std::function<absl::StatusOr<std::vector<std::vector<std::string>>>(const text::CsvTable& input,
                                                                      const BatchOptions& options)>
      run;
};

std::vector<Family> RandomisationFamilies();  // rand_*, clients/cli/offline/randomise
std::vector<Family> PlanningFamilies();       // feas_*, ss_*, forecast_*
std::vector<Family> CurveFamilies();          // rtw_km, rtw_tests, rtw_cuminc, rtw_rmst, mon_*

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_FAMILY_H_
