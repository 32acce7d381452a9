// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/list.h"

#include <algorithm>
#include <numeric>

#include "services/cohort/domain/randomisation/errors.h"
#include "services/platform/status.h"

namespace reprise::randomisation {
namespace {

constexpr int kEmergencyBlockSize = 4;

absl::StatusOr<ListStretch> Walk(const BlockPlan& plan, const Seed& seed, absl::string_view label,
                                 int64_t slots) {
  if (slots < 1 || slots > kMaxSlots) return NumberOutOfRange("n", 1, kMaxSlots);
  StratumList list(plan, seed, label);
  ListStretch stretch;
  stretch.arms.reserve(static_cast<size_t>(slots));
  for (int64_t i = 0; i < slots; ++i) stretch.arms.push_back(list.Next());
  stretch.drawn_sizes = list.drawn_sizes();
  return stretch;
}

}  // namespace

StratumList::StratumList(const BlockPlan& plan, const Seed& seed, absl::string_view label)
    : plan_(plan),
      words_(seed, label),
      block_(static_cast<size_t>(*std::max_element(plan.sizes.begin(), plan.sizes.end()))) {}

int StratumList::Next() {
  if (at_ == size_) {
    drawn_sizes_.push_back(plan_.sizes[DrawBlock(plan_, words_, block_.data())]);
    size_ = static_cast<size_t>(drawn_sizes_.back());
    at_ = 0;
  }
  return block_[at_++];
}

absl::StatusOr<ListStretch> MakeList(const Design& design, const Seed& seed,
                                     absl::string_view label, int64_t slots) {
  REPRISE_RETURN_IF_ERROR(CheckDesign(design));
  if (design.method != Method::kBlocks) {
    return MethodUnsuitable("Only permuted blocks have a list; this method allocates live.");
  }
  REPRISE_RETURN_IF_ERROR(CheckLabel(label, "label"));
  return Walk({.ratio = RatioOf(design), .sizes = design.block_sizes}, seed, label, slots);
}

absl::StatusOr<int> ListSlot(const Design& design, const Seed& seed, absl::string_view label,
                             int64_t n) {
  REPRISE_ASSIGN_OR_RETURN(const ListStretch stretch, MakeList(design, seed, label, n));
  return stretch.arms.back();
}

absl::StatusOr<ListStretch> EmergencyList(const Design& design, const Seed& seed,
                                          absl::string_view centre, int64_t slots) {
  REPRISE_RETURN_IF_ERROR(CheckDesign(design));
  REPRISE_RETURN_IF_ERROR(CheckLabel(centre, "centre"));
  const std::vector<int> ratio = RatioOf(design);
  const int sum = std::accumulate(ratio.begin(), ratio.end(), 0);
  const int size = (kEmergencyBlockSize + sum - 1) / sum * sum;
  return Walk({.ratio = ratio, .sizes = {size}}, seed, OwnLabel("emergency", centre), slots);
}

}  // namespace reprise::randomisation
