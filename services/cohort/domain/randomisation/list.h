// SPDX-License-Identifier: Apache-2.0
// Permuted block lists: the block itself (also drawn by the simulator from another source), the
// endless list of one stratum from the trial's seed, and the sealed emergency list of a centre.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_LIST_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_LIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/seed.h"
#include "services/cohort/domain/randomisation/stream.h"

namespace reprise::randomisation {

inline constexpr int64_t kMaxSlots = 1'000'000;

struct BlockPlan {
  std::vector<int> ratio;
  std::vector<int> sizes;  // each a multiple of the ratios' sum
};

// Draws a size (only where there is more than one), then that block, shuffled, into `block`,
// which must hold the largest size. Returns the index of the size drawn.
template <typename Source>
size_t DrawBlock(const BlockPlan& plan, Source& source, uint8_t* block) {
  const auto count = static_cast<uint32_t>(plan.sizes.size());
  const size_t drawn = count == 1 ? 0 : source.Below(count);
  const int size = plan.sizes[drawn];
  int sum = 0;
  for (const int ratio : plan.ratio) sum += ratio;
  uint8_t* at = block;
  for (size_t arm = 0; arm < plan.ratio.size(); ++arm) {
    for (int i = plan.ratio[arm] * size / sum; i > 0; --i) *at++ = static_cast<uint8_t>(arm);
  }
  Shuffle(source, absl::Span<uint8_t>(block, static_cast<size_t>(size)));
  return drawn;
}

// One stratum's list, slot after slot without end. Requires a plan of a checked design.
class StratumList {
 public:
  StratumList(const BlockPlan& plan, const Seed& seed, absl::string_view label);
  int Next();  // the arm of the next slot
  // The size of every block begun so far.
  const std::vector<int>& drawn_sizes() const { return drawn_sizes_; }

 private:
  BlockPlan plan_;
  WordStream words_;
  std::vector<uint8_t> block_;
  size_t at_ = 0;
  size_t size_ = 0;
  std::vector<int> drawn_sizes_;
};

struct ListStretch {
  std::vector<int> arms;         // index into the design's arms, one a slot
  std::vector<int> drawn_sizes;  // of the blocks begun
};

// The first `slots` slots (1 to kMaxSlots) of the list `label`.
//   INVALID_ARGUMENT DESIGN_INVALID, METHOD_UNSUITABLE (only blocks have lists), LABEL_MALFORMED,
//   NUMBER_OUT_OF_RANGE
absl::StatusOr<ListStretch> MakeList(const Design& design, const Seed& seed,
                                     absl::string_view label, int64_t slots);

// The arm of slot n (from 1) of the list `label`; errors as MakeList. Costs a walk from slot 1,
// about a microsecond a slot.
absl::StatusOr<int> ListSlot(const Design& design, const Seed& seed, absl::string_view label,
                             int64_t n);

// The list that a centre opens, envelope by envelope, while the platform cannot be reached; every
// use is a deviation. Blocks of 4, or of the next multiple of the ratios' sum, whatever the
// design's method, from a stream of its own.
//   INVALID_ARGUMENT DESIGN_INVALID, LABEL_MALFORMED (centre), NUMBER_OUT_OF_RANGE
absl::StatusOr<ListStretch> EmergencyList(const Design& design, const Seed& seed,
                                          absl::string_view centre, int64_t slots);

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_LIST_H_
