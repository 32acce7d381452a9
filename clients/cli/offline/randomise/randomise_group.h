// SPDX-License-Identifier: Apache-2.0
// The verbs below `reprise randomise`, each registered by a function of its own, and what they
// share: seeds and designs as options, and lists within an option.
#ifndef REPRISE_CLI_OFFLINE_RANDOMISE_RANDOMISE_GROUP_H_
#define REPRISE_CLI_OFFLINE_RANDOMISE_RANDOMISE_GROUP_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "clients/cli/cli.h"
#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/seed.h"

namespace reprise::cli {

void AddSimulateVerb(Cli& cli, CLI::App* group);
void AddLogVerbs(Cli& cli, CLI::App* group);      // allocate, verify
void AddListVerbs(Cli& cli, CLI::App* group);     // seed, list, emergency
void AddClusterVerbs(Cli& cli, CLI::App* group);  // cluster, wedge

// 64 hexadecimal digits, or @FILE that holds them, which keeps the seed out of the shell's history.
//   INVALID_ARGUMENT SEED_MALFORMED; errors of ReadFile
absl::StatusOr<randomisation::Seed> SeedOption(const std::string& text);
// The JSON design in a file; errors of ReadFile and ParseDesign.
absl::StatusOr<randomisation::Design> DesignOption(const std::string& path);

// "1:2", "2,1" or "2;1": whole numbers; INVALID_ARGUMENT naming `option`.
absl::StatusOr<std::vector<int>> WholeListOption(const std::string& text, const char* option);
absl::StatusOr<std::vector<double>> NumberListOption(const std::string& text, const char* option);
// Arms named A, B, ... (or `codes`, separated by commas) with their ratio.
absl::StatusOr<std::vector<randomisation::Arm>> ArmsOption(const std::string& ratio,
                                                           const std::string& codes);

// "A 12, B 11": how often each arm came.
std::string ArmCounts(const std::vector<randomisation::Arm>& arms,
                      const std::vector<int>& allocated);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_RANDOMISE_RANDOMISE_GROUP_H_
