// SPDX-License-Identifier: Apache-2.0
// Which event numbers a sealer has sealed, kept as the greatest and the numbers missing below it: of
// transactions that are still running or were rolled back. So each pass reads what is new and asks for the
// missing, and not for all that may not be settled yet.
#ifndef REPRISE_QUALITY_DOMAIN_SEEN_NUMBERS_H_
#define REPRISE_QUALITY_DOMAIN_SEEN_NUMBERS_H_

#include <cstdint>
#include <set>

namespace reprise::quality {

class SeenNumbers {
 public:
  int64_t highest() const { return highest_; }
  const std::set<int64_t>& gaps() const { return gaps_; }

  // True for a number that Note kept apart; those up to the highest are the caller's to leave out.
  bool Apart(int64_t number) const { return apart_.count(number) > 0; }

  // Numbers come from the table's sequence, so that the gap below a new one is short. One that somebody
  // with superuser rights made up may be anything; it is kept apart.
  void Note(int64_t number) {
    if (number <= highest_) {
      gaps_.erase(number);
    } else if (number - highest_ > kLongestGap) {
      apart_.insert(number);
    } else {
      for (++highest_; highest_ < number; ++highest_) gaps_.insert(gaps_.end(), highest_);
    }
  }

  // Nothing can appear any more at or below `settled`.
  void Settle(int64_t settled) { gaps_.erase(gaps_.begin(), gaps_.upper_bound(settled)); }

 private:
  static constexpr int64_t kLongestGap = 1'000'000;

  int64_t highest_ = 0;
  std::set<int64_t> gaps_;
  std::set<int64_t> apart_;
};

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_DOMAIN_SEEN_NUMBERS_H_
