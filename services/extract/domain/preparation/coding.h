// SPDX-License-Identifier: Apache-2.0
// How single values are coarsened before any search: days in bins, visits in the protocol's
// windows, tails closed, rare categories merged upwards. Persons are counted, never rows.
#ifndef REPRISE_EXTRACT_DOMAIN_PREPARATION_CODING_H_
#define REPRISE_EXTRACT_DOMAIN_PREPARATION_CODING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace reprise::extract::preparation {

// Width of the bins in which days since the anchor leave.
enum class DayProfile { kDay = 1, kWeek = 7, kFourWeeks = 28 };
absl::optional<DayProfile> ProfileOf(absl::string_view name);  // "day", "week", "four_weeks"

// "12", or the bin's first and last day: "[7,13]". Bins start at day 0; day -1 lies in "[-7,-1]".
std::string BinDay(int64_t day, DayProfile profile);

// A visit of the protocol: planned days after the anchor, and how far around it still counts.
struct VisitWindow {
  std::string name;
  int64_t target = 0, before = 0, after = 0;
};
// M0, M3, M6, M12, M24 at 0, 91, 183, 365 and 730 days; half the way to the neighbour at most, so
// that no day lies in two: -28..45, 46..136, 137..273, 274..546, 547..913.
const std::vector<VisitWindow>& ProtocolWindows();
// Place in ProtocolWindows, or nullopt for an unscheduled day.
absl::optional<size_t> WindowOf(int64_t day);

// Ends beyond which values are only told as "<=low" and ">=high": the outermost values such that
// each tail holds at least k persons. nullopt when the tails would meet: then every value is
// closed.
struct Tails {
  double low = 0, high = 0;
};
absl::optional<Tails> FindTails(std::vector<double> values, size_t k);
// The value within the tails, rounded to `digits` decimals; "*" without tails.
std::string CodeTails(double value, const absl::optional<Tails>& tails, int digits);

// Each person's value, or the first of its groups under which nobody is rare: a group with a value
// held by fewer than k persons takes all its values along, so that labels never overlap. `chain[i]`
// is person i's value and its groups, finest first, the last being "*"; all of one length,
// monotone.
std::vector<std::string> MergeRare(const std::vector<std::vector<std::string>>& chain, size_t k);

}  // namespace reprise::extract::preparation

#endif  // REPRISE_EXTRACT_DOMAIN_PREPARATION_CODING_H_
