// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/design.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/cohort/domain/randomisation/errors.h"
#include "services/platform/text/utf8.h"

namespace reprise::randomisation {
namespace {

constexpr size_t kMaxNameBytes = 100;
constexpr int64_t kMaxCommonMultiple = 1'000'000;

using Faults = std::vector<error::Violation>;

// Names go into stream labels, so what separates there may not stand in them.
bool NameFine(absl::string_view name, absl::string_view forbidden) {
  if (name.empty() || name.size() > kMaxNameBytes || !text::CheckUtf8(name, "").ok()) return false;
  return std::none_of(name.begin(), name.end(), [&](char c) {
    return absl::ascii_iscntrl(static_cast<unsigned char>(c)) ||
           forbidden.find(c) != absl::string_view::npos;
  });
}

void CheckArms(const std::vector<Arm>& arms, Faults& faults) {
  if (arms.size() < 2 || arms.size() > kMaxArms) {
    faults.push_back(DesignFault("arms", absl::StrCat("2 to ", kMaxArms, " arms are required.")));
  }
  std::set<absl::string_view> codes;
  int64_t multiple = 1;
  for (size_t k = 0; k < arms.size(); ++k) {
    const std::string path =
        absl::StrCat("arms[", arms[k].code.empty() ? absl::StrCat(k) : arms[k].code, "]");
    if (!NameFine(arms[k].code, "|")) {
      faults.push_back(DesignFault(absl::StrCat("arms[", k, "].code"),
                                   "An arm's code is 1 to 100 bytes of text without |."));
    } else if (!codes.insert(arms[k].code).second) {
      faults.push_back(DesignFault(path, "Two arms have the same code."));
    }
    if (arms[k].ratio < 1 || arms[k].ratio > kMaxRatio) {
      faults.push_back(DesignFault(
          path + ".ratio", absl::StrCat("A ratio is a whole number from 1 to ", kMaxRatio, ".")));
      return;
    }
    if (multiple <= kMaxCommonMultiple) multiple = std::lcm(multiple, int64_t{arms[k].ratio});
  }
  if (multiple > kMaxCommonMultiple) {
    faults.push_back(DesignFault(
        "arms.ratio", "The ratios have no common multiple up to 1000000; choose simpler ones."));
  }
}

void CheckFactors(const std::vector<Factor>& factors, Faults& faults) {
  if (factors.size() > kMaxFactors) {
    faults.push_back(
        DesignFault("factors", absl::StrCat("At most ", kMaxFactors, " factors are allowed.")));
  }
  std::set<absl::string_view> names;
  for (size_t i = 0; i < factors.size(); ++i) {
    const Factor& factor = factors[i];
    const std::string path =
        absl::StrCat("factors[", factor.name.empty() ? absl::StrCat(i) : factor.name, "]");
    if (!NameFine(factor.name, "|=")) {
      faults.push_back(DesignFault(absl::StrCat("factors[", i, "].name"),
                                   "A factor's name is 1 to 100 bytes of text without | and =."));
    } else if (!names.insert(factor.name).second) {
      faults.push_back(DesignFault(path, "Two factors have the same name."));
    }
    if (factor.levels.empty() || factor.levels.size() > kMaxLevels) {
      faults.push_back(DesignFault(path + ".levels",
                                   absl::StrCat("1 to ", kMaxLevels, " levels are required.")));
    }
    std::set<absl::string_view> levels;
    for (const std::string& level : factor.levels) {
      if (!NameFine(level, "|")) {
        faults.push_back(
            DesignFault(path + ".levels", "A level is 1 to 100 bytes of text without |."));
      } else if (!levels.insert(level).second) {
        faults.push_back(DesignFault(path + ".levels", "Two levels have the same name."));
      }
    }
  }
}

void CheckBlocks(const Design& design, Faults& faults) {
  std::set<absl::string_view> strata;
  for (const std::string& name : design.strata) {
    if (std::none_of(design.factors.begin(), design.factors.end(),
                     [&](const Factor& factor) { return factor.name == name; })) {
      faults.push_back(
          DesignFault("strata", "A stratum is made of a factor that the design does not have."));
    } else if (!strata.insert(name).second) {
      faults.push_back(DesignFault("strata", "A factor is named twice."));
    }
  }
  if (design.block_sizes.empty() || design.block_sizes.size() > kMaxBlockSizes) {
    faults.push_back(DesignFault(
        "block_sizes", absl::StrCat("1 to ", kMaxBlockSizes, " block sizes are required.")));
  }
  int sum = 0;
  for (const Arm& arm : design.arms) sum += std::clamp(arm.ratio, 0, kMaxRatio);
  for (const int size : design.block_sizes) {
    if (size < 1 || size > kMaxBlockSize || sum == 0 || size % sum != 0) {
      faults.push_back(DesignFault(
          "block_sizes",
          absl::StrCat("A block size is a multiple of ", sum, ", the sum of the ratios, from ", sum,
                       " to ", kMaxBlockSize, ".")));
      return;
    }
  }
}

bool WeightFine(double weight) { return weight >= 0 && weight <= kMaxWeight; }

void CheckMinimisation(const Design& design, Faults& faults) {
  bool any = false;
  for (const Factor& factor : design.factors) {
    any = any || factor.weight > 0;
    if (!WeightFine(factor.weight)) {
      faults.push_back(DesignFault(absl::StrCat("factors[", factor.name, "].weight"),
                                   "A weight is a number from 0 to 1000000."));
    }
  }
  if (!WeightFine(design.weight_overall)) {
    faults.push_back(DesignFault("weight_overall", "A weight is a number from 0 to 1000000."));
  }
  if (!any && !(design.weight_overall > 0)) {
    faults.push_back(
        DesignFault("factors.weight", "Minimisation needs at least one weight above 0."));
  }
  int64_t sum = 0, smallest = kMaxRatio;
  for (const Arm& arm : design.arms) {
    sum += arm.ratio;
    smallest = std::min(smallest, int64_t{arm.ratio});
  }
  if (sum <= 0 || smallest <= 0) return;  // told already
  const double share = static_cast<double>(smallest) / static_cast<double>(sum);
  if (!(design.p_high >= share * (1 - 1e-12) && design.p_high <= 1)) {
    faults.push_back(
        DesignFault("p_high", absl::StrCat("The chance of the preferred arm is a number from ",
                                           share, ", the smallest arm's share, to 1.")));
  }
}

std::string Label(const Design& design, absl::Span<const int> levels, bool strata_only) {
  std::string label;
  for (size_t i = 0; i < design.factors.size(); ++i) {
    const Factor& factor = design.factors[i];
    if (strata_only &&
        std::find(design.strata.begin(), design.strata.end(), factor.name) == design.strata.end())
      continue;
    absl::StrAppend(&label, label.empty() ? "" : "|", factor.name, "=",
                    factor.levels[static_cast<size_t>(levels[i])]);
  }
  return label.empty() ? "all" : label;
}

constexpr Measure kMeasures[] = {Measure::kRange, Measure::kVariance, Measure::kStandardDeviation,
                                 Measure::kMarginalBalance};

}  // namespace

absl::Status CheckDesign(const Design& design) {
  Faults faults;
  CheckArms(design.arms, faults);
  CheckFactors(design.factors, faults);
  if (design.method == Method::kBlocks) CheckBlocks(design, faults);
  if (design.method == Method::kMinimisation) CheckMinimisation(design, faults);
  return faults.empty() ? absl::OkStatus() : DesignInvalid(faults);
}

absl::Status CheckLevels(const Design& design, absl::Span<const int> levels) {
  if (levels.size() != design.factors.size()) {
    return LevelUnknown("levels",
                        absl::StrCat("The design has ", design.factors.size(), " factors, and ",
                                     levels.size(), " levels are given."));
  }
  for (size_t i = 0; i < levels.size(); ++i) {
    const auto count = static_cast<int>(design.factors[i].levels.size());
    if (levels[i] < 0 || levels[i] >= count) {
      return LevelUnknown(absl::StrCat("levels[", design.factors[i].name, "]"),
                          absl::StrCat("The factor has ", count, " levels, numbered from 0."));
    }
  }
  return absl::OkStatus();
}

std::string Snapshot(const Design& design, absl::Span<const int> levels) {
  return Label(design, levels, false);
}

std::string StratumLabel(const Design& design, absl::Span<const int> levels) {
  return Label(design, levels, true);
}

absl::StatusOr<std::vector<int>> ParseSnapshot(const Design& design, absl::string_view snapshot,
                                               absl::string_view path) {
  std::vector<int> levels;
  if (design.factors.empty() && snapshot == "all") return levels;
  const std::vector<absl::string_view> parts = absl::StrSplit(snapshot, '|');
  for (size_t i = 0; i < design.factors.size() && parts.size() == design.factors.size(); ++i) {
    const Factor& factor = design.factors[i];
    const std::pair<absl::string_view, absl::string_view> part =
        absl::StrSplit(parts[i], absl::MaxSplits('=', 1));
    const auto level = std::find(factor.levels.begin(), factor.levels.end(), part.second);
    if (part.first != factor.name || level == factor.levels.end()) break;
    levels.push_back(static_cast<int>(level - factor.levels.begin()));
  }
  if (design.factors.empty() || levels.size() != design.factors.size()) {
    return LevelUnknown(path,
                        "The stratum must name every factor of the design with one of its levels, "
                        "in protocol order: FACTOR=level|FACTOR=level.");
  }
  return levels;
}

std::vector<int> RatioOf(const Design& design) {
  std::vector<int> ratio;
  for (const Arm& arm : design.arms) ratio.push_back(arm.ratio);
  return ratio;
}

absl::string_view MethodName(Method method) {
  switch (method) {
    case Method::kSimple:
      return "simple";
    case Method::kBlocks:
      return "blocks";
    case Method::kMinimisation:
      return "minimisation";
  }
  return "";
}

absl::string_view MeasureName(Measure measure) {
  switch (measure) {
    case Measure::kRange:
      return "range";
    case Measure::kVariance:
      return "variance";
    case Measure::kStandardDeviation:
      return "sd";
    case Measure::kMarginalBalance:
      return "marginal_balance";
  }
  return "";
}

bool MeasureFromName(absl::string_view name, Measure& measure) {
  for (const Measure candidate : kMeasures) {
    if (name == MeasureName(candidate)) {
      measure = candidate;
      return true;
    }
  }
  return false;
}

}  // namespace reprise::randomisation
