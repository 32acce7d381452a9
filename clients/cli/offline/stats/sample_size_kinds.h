// SPDX-License-Identifier: Apache-2.0
// The kinds of `reprise stats samplesize KIND`: which family computes it, which flags a person
// types for its columns, and how the result is explained and drawn.
#ifndef REPRISE_CLI_OFFLINE_STATS_SAMPLE_SIZE_KINDS_H_
#define REPRISE_CLI_OFFLINE_STATS_SAMPLE_SIZE_KINDS_H_

#include <string>
#include <vector>

namespace reprise::cli {

struct SampleSizeFlag {
  std::string column;
  std::string flags;   // as CLI11 takes them: "--hr,--hr-arm2-vs-arm1"
  std::string preset;  // "" where the flag is required
  std::string help;
};

struct SampleSizeKind {
  std::string name;
  std::string family;
  std::string description;
  std::string example;
  std::vector<SampleSizeFlag> flags;
  std::string meaning;  // what the result says, in a sentence or two
  // The plot: `drawn` (an output) while `varied` (a column) takes `values`, or, where `factors`,
  // these multiples of what was typed.
  std::string varied;
  std::vector<double> values;
  bool factors = false;
  std::string drawn;
  // Outputs that --dropout, --icc, ... inflate (unrounded); empty where the kind takes no
  // inflation.
  std::vector<std::string> inflated;
};

std::vector<SampleSizeKind> SampleSizeKinds();
// The flags of the inflation, for kinds with `inflated`; all have presets that change nothing.
std::vector<SampleSizeFlag> InflationFlags();

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_SAMPLE_SIZE_KINDS_H_
