// SPDX-License-Identifier: Apache-2.0
// A list drawn again, place by place.
#include <algorithm>
#include <tuple>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "services/cohort/domain/allocation/allocation.h"
#include "services/cohort/domain/randomisation/list.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

std::string PlaceText(const Allocation& allocation) {
  return absl::StrCat("Place ", allocation.sequence, " of the stratum ", allocation.stratum);
}

// `expected` has one arm a place of the stratum.
void CompareOne(const AllocationList& list, const randomisation::ListStretch& expected, int last,
                const Allocation& allocation, std::vector<std::string>& faults) {
  const std::string place = PlaceText(allocation);
  if (allocation.sequence == last) {
    faults.push_back(absl::StrCat(place, " is used twice."));
  } else if (allocation.sequence == last + 2) {
    faults.push_back(absl::StrCat("Place ", last + 1, " of the stratum ", allocation.stratum, " is not used."));
  } else if (allocation.sequence > last + 2) {
    faults.push_back(absl::StrCat("Places ", last + 1, " to ", allocation.sequence - 1, " of the stratum ",
                                  allocation.stratum, " are not used."));
  }
  const int arm = expected.arms[static_cast<size_t>(allocation.sequence - 1)];
  if (list.design.arms[static_cast<size_t>(arm)].code != allocation.arm) {
    faults.push_back(absl::StrCat(place, " has another arm than the list."));
  }
  if (StratumOf(list.design, allocation.factors) != allocation.stratum) {
    faults.push_back(absl::StrCat(place, " was given for factors of another stratum."));
  }
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FaultsOf(const AllocationList& list,
                                                  const randomisation::Seed& seed,
                                                  std::vector<Allocation> allocations) {
  std::vector<std::string> faults;
  if (seed.Commitment() != absl::BytesToHexString(list.seed_sha256)) {
    faults.push_back("The seed is not the one to which the list was committed.");
  }
  std::sort(allocations.begin(), allocations.end(), [](const Allocation& a, const Allocation& b) {
    return std::tie(a.stratum, a.sequence) < std::tie(b.stratum, b.sequence);
  });
  for (auto begin = allocations.begin(); begin != allocations.end();) {
    const auto end = std::find_if(begin, allocations.end(),
                                  [&](const Allocation& a) { return a.stratum != begin->stratum; });
    REPRISE_ASSIGN_OR_RETURN(
        const randomisation::ListStretch expected,
        MakeList(list.design, seed, begin->stratum, std::prev(end)->sequence));
    int last = 0;
    for (; begin != end; ++begin) {
      CompareOne(list, expected, last, *begin, faults);
      last = begin->sequence;
    }
  }
  return faults;
}

}  // namespace reprise::cohort
