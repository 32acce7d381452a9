// SPDX-License-Identifier: Apache-2.0
// Everything a run of `reprise anonymise` reads: the case, its hierarchies, the data, the subset.
#ifndef REPRISE_CLI_OFFLINE_ANONYMISE_INPUTS_H_
#define REPRISE_CLI_OFFLINE_ANONYMISE_INPUTS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"

#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/records.h"

namespace reprise::cli {

struct AnonymiseInputs {
  extract::anonymisation::Case request;
  std::vector<extract::anonymisation::Hierarchy> hierarchies;
  std::string data;
  // As read, for the verifier, which reads everything by its own code.
  std::string case_json;
  std::map<std::string, std::string> hierarchy_files;  // by attribute
  absl::optional<extract::anonymisation::Subset> subset;
  extract::anonymisation::Records records;  // refers to `hierarchies`
  double encode_cpu_ms = 0;                 // reading, checking and coding, this thread
};

// Files as in the oracles: hierarchy_<attribute>.csv in `hierarchies`, and subset_rows.txt beside
// the case or beside the data where a model needs a population. All errors of the readers;
// CASE_INVALID where a model needs a subset and there is none.
absl::StatusOr<std::unique_ptr<AnonymiseInputs>> LoadInputs(const std::string& data,
                                                            const std::string& hierarchies,
                                                            const std::string& request);

// CPU time of this process so far, all threads, in milliseconds.
double CpuMilliseconds();

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ANONYMISE_INPUTS_H_
