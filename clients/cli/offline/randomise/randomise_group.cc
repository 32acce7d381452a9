// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/randomise/randomise_group.h"

#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "clients/cli/files.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {

absl::StatusOr<randomisation::Seed> SeedOption(const std::string& text) {
  if (text.empty() || text[0] != '@') return randomisation::Seed::FromHex(text, "--seed");
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(text.substr(1)));
  return randomisation::Seed::FromHex(absl::StripAsciiWhitespace(bytes), "--seed");
}

absl::StatusOr<randomisation::Design> DesignOption(const std::string& path) {
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  return randomisation::ParseDesign(bytes);
}

absl::StatusOr<std::vector<int>> WholeListOption(const std::string& text, const char* option) {
  std::vector<int> values;
  for (const absl::string_view part : absl::StrSplit(text, absl::ByAnyChar(":,;"))) {
    REPRISE_ASSIGN_OR_RETURN(const int64_t value, text::ParseInt(part, option));
    if (value < 0 || value > std::numeric_limits<int>::max()) {
      return error::InvalidField(
          option, "NUMBER_OUT_OF_RANGE",
          absl::StrCat(option, ": whole numbers of at least 0 are required."));
    }
    values.push_back(static_cast<int>(value));
  }
  return values;
}

absl::StatusOr<std::vector<double>> NumberListOption(const std::string& text, const char* option) {
  std::vector<double> values;
  for (const absl::string_view part : absl::StrSplit(text, absl::ByAnyChar(",;"))) {
    REPRISE_ASSIGN_OR_RETURN(const double value, text::ParseDouble(part, option));
    values.push_back(value);
  }
  return values;
}

absl::StatusOr<std::vector<randomisation::Arm>> ArmsOption(const std::string& ratio,
                                                           const std::string& codes) {
  REPRISE_ASSIGN_OR_RETURN(const std::vector<int> ratios, WholeListOption(ratio, "--ratio"));
  std::vector<std::string> names;
  if (!codes.empty()) names = absl::StrSplit(codes, ',');
  if (!names.empty() && names.size() != ratios.size()) {
    return error::InvalidField(
        "--arms", "ARMS_MISMATCH",
        absl::StrCat("--arms names ", names.size(), " arms and --ratio has ", ratios.size(), "."));
  }
  std::vector<randomisation::Arm> arms;
  for (size_t k = 0; k < ratios.size(); ++k) {
    arms.push_back(
        {.code = names.empty() ? std::string(1, static_cast<char>('A' + k % 26)) : names[k],
         .ratio = ratios[k]});
  }
  return arms;
}

std::string ArmCounts(const std::vector<randomisation::Arm>& arms,
                      const std::vector<int>& allocated) {
  std::string text;
  for (size_t k = 0; k < arms.size(); ++k) {
    const auto count = std::count(allocated.begin(), allocated.end(), static_cast<int>(k));
    absl::StrAppend(&text, k == 0 ? "" : ", ", arms[k].code, " ", count);
  }
  return text;
}

}  // namespace reprise::cli
