// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/preparation/coding.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"

namespace reprise::extract::preparation {

absl::optional<DayProfile> ProfileOf(absl::string_view name) {
  if (name == "day") return DayProfile::kDay;
  if (name == "week") return DayProfile::kWeek;
  if (name == "four_weeks") return DayProfile::kFourWeeks;
  return absl::nullopt;
}

std::string BinDay(int64_t day, DayProfile profile) {
  const int64_t width = static_cast<int64_t>(profile);
  if (width == 1) return absl::StrCat(day);
  const int64_t first = day - ((day % width) + width) % width;
  return absl::StrCat("[", first, ",", first + width - 1, "]");
}

const std::vector<VisitWindow>& ProtocolWindows() {
  static const std::vector<VisitWindow>* const windows =
      new std::vector<VisitWindow>{{"M0", 0, 28, 45},
                                   {"M3", 91, 45, 45},
                                   {"M6", 183, 46, 90},
                                   {"M12", 365, 91, 181},
                                   {"M24", 730, 183, 183}};
  return *windows;
}

absl::optional<size_t> WindowOf(int64_t day) {
  const std::vector<VisitWindow>& windows = ProtocolWindows();
  for (size_t i = 0; i < windows.size(); ++i) {
    if (day >= windows[i].target - windows[i].before && day <= windows[i].target + windows[i].after)
      return i;
  }
  return absl::nullopt;
}

absl::optional<Tails> FindTails(std::vector<double> values, size_t k) {
  if (values.empty() || k < 1 || values.size() < k) return absl::nullopt;
  std::sort(values.begin(), values.end());
  const Tails tails{.low = values[k - 1], .high = values[values.size() - k]};
  if (tails.low >= tails.high) return absl::nullopt;
  return tails;
}

std::string CodeTails(double value, const absl::optional<Tails>& tails, int digits) {
  if (!tails) return "*";
  const double unit = std::pow(10.0, digits);
  const auto rounded = [unit](double number) {
    return text::FormatDouble(std::round(number * unit) / unit);
  };
  if (value <= tails->low) return absl::StrCat("<=", rounded(tails->low));
  if (value >= tails->high) return absl::StrCat(">=", rounded(tails->high));
  // Rounding may reach a tail's end; the person stays outside the tail all the same.
  return rounded(value);
}

std::vector<std::string> MergeRare(const std::vector<std::vector<std::string>>& chain, size_t k) {
  std::vector<size_t> level(chain.size(), 0);
  if (chain.empty()) return {};
  const size_t levels = chain[0].size();
  for (size_t at = 0; at + 1 < levels; ++at) {
    // Persons now written at this level, by label; rare labels take their whole parent group up.
    std::map<std::string, size_t> persons;
    for (size_t i = 0; i < chain.size(); ++i) {
      if (level[i] == at) ++persons[chain[i][at]];
    }
    std::map<std::string, bool> rises;
    for (size_t i = 0; i < chain.size(); ++i) {
      if (level[i] == at && persons[chain[i][at]] < k) rises[chain[i][at + 1]] = true;
    }
    for (size_t i = 0; i < chain.size(); ++i) {
      if (rises.contains(chain[i][at + 1])) level[i] = at + 1;
    }
  }
  std::vector<std::string> out;
  for (size_t i = 0; i < chain.size(); ++i) out.push_back(chain[i][level[i]]);
  return out;
}

}  // namespace reprise::extract::preparation
