// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/sample_uniques.h"

#include <algorithm>
#include <numeric>

#include "absl/container/flat_hash_map.h"

namespace reprise::extract::risk {
namespace {

using Mask = uint64_t;

// All masks of `size` bits below 1 << width, ascending.
std::vector<Mask> Combinations(size_t width, size_t size) {
  std::vector<Mask> out;
  if (size > width) return out;
  std::vector<size_t> at(size);
  std::iota(at.begin(), at.end(), size_t{0});
  while (true) {
    Mask mask = 0;
    for (const size_t bit : at) mask |= Mask{1} << bit;
    out.push_back(mask);
    size_t i = size;
    while (i > 0 && at[i - 1] == width - size + i - 1) --i;
    if (i == 0) return out;
    ++at[i - 1];
    for (; i < size; ++i) at[i] = at[i - 1] + 1;
  }
}

// Number of combinations, at most `cap`.
uint64_t Choose(size_t width, size_t size, uint64_t cap) {
  double value = 1;
  for (size_t i = 0; i < size; ++i)
    value = value * static_cast<double>(width - i) / static_cast<double>(i + 1);
  return value > static_cast<double>(cap) ? cap : static_cast<uint64_t>(value + 0.5);
}

// The search over one sample: for each combination the persons who are alone in it.
class Search {
 public:
  explicit Search(const Sample& sample)
      : sample_(sample), width_(std::min<size_t>(sample.qis.size(), 63)) {
    for (size_t q = 0; q < width_; ++q) {
      std::vector<bool> star(sample.qis[q].codes.distinct);
      for (uint32_t code = 0; code < star.size(); ++code)
        star[code] = sample.qis[q].text(code) == kStar;
      star_.push_back(std::move(star));
    }
    out_.share.reserve(width_);
    uses_.assign(width_, 0);
    score_.assign(sample.persons, 0);
  }

  void Size(size_t size) {
    absl::flat_hash_map<Mask, std::vector<bool>> alone;
    for (const Mask mask : Combinations(width_, size)) alone.emplace(mask, Alone(mask));
    for (const auto& [mask, persons] : alone) Count(mask, size, persons);
    alone_below_ = std::move(alone);
    out_.largest = size;
  }

  SampleUniques Finish() {
    const size_t all =
        std::accumulate(out_.by_size.begin(), out_.by_size.end(), size_t{0},
                        [](size_t sum, const auto& entry) { return sum + entry.second; });
    for (size_t q = 0; q < width_; ++q) {
      out_.share.emplace_back(
          sample_.qis[q].name,
          all == 0 ? 0 : static_cast<double>(uses_[q]) / static_cast<double>(all));
    }
    for (const double score : score_) {
      out_.persons += score > 0 ? 1 : 0;
      out_.highest_score = std::max(out_.highest_score, score);
    }
    return std::move(out_);
  }

 private:
  // Persons alone with their values of `mask`, or already alone with fewer of them.
  std::vector<bool> Alone(Mask mask) const {
    std::vector<uint32_t> group(sample_.persons, 0);
    for (size_t person = 0; person < sample_.persons; ++person) {
      if (sample_.suppressed[person]) group[person] = kNoClass;
    }
    uint32_t groups = 1;
    for (size_t q = 0; q < width_; ++q) {
      if ((mask >> q & 1) != 0) groups = Refine(group, groups, sample_.qis[q].codes);
    }
    std::vector<uint32_t> size(groups, 0);
    for (const uint32_t g : group) {
      if (g != kNoClass) ++size[g];
    }
    std::vector<bool> alone(sample_.persons, false);
    for (size_t person = 0; person < sample_.persons; ++person) {
      alone[person] = group[person] != kNoClass && size[group[person]] == 1;
    }
    return alone;
  }

  bool ReadsStar(Mask mask, size_t person) const {
    for (size_t q = 0; q < width_; ++q) {
      if ((mask >> q & 1) != 0 && star_[q][sample_.qis[q].codes.of[person]]) return true;
    }
    return false;
  }

  void Count(Mask mask, size_t size, const std::vector<bool>& alone) {
    double weight = 1;  // (m-s)! / (m-1)!
    for (size_t i = width_ - size + 1; i < width_; ++i) weight /= static_cast<double>(i);
    for (size_t person = 0; person < alone.size(); ++person) {
      if (!alone[person] || !Minimal(mask, person) || ReadsStar(mask, person)) continue;
      ++out_.by_size[size];
      score_[person] += weight;
      for (size_t q = 0; q < width_; ++q) uses_[q] += mask >> q & 1;
    }
  }

  bool Minimal(Mask mask, size_t person) const {
    for (size_t q = 0; q < width_; ++q) {
      const auto part =
          (mask >> q & 1) != 0 ? alone_below_.find(mask ^ (Mask{1} << q)) : alone_below_.end();
      if (part != alone_below_.end() && part->second[person]) return false;
    }
    return true;
  }

  const Sample& sample_;
  size_t width_;
  std::vector<std::vector<bool>> star_;
  absl::flat_hash_map<Mask, std::vector<bool>> alone_below_;  // combinations one variable smaller
  std::vector<size_t> uses_;
  std::vector<double> score_;
  SampleUniques out_;
};

}  // namespace

SampleUniques FindSampleUniques(const Sample& sample, uint64_t budget) {
  Search search(sample);
  const size_t width = std::min<size_t>(sample.qis.size(), 63);
  for (size_t size = 1; size <= width; ++size) {
    const uint64_t combinations = Choose(width, size, budget);
    const uint64_t cells = combinations * size * std::max<uint64_t>(sample.persons, 1);
    if (combinations >= budget || cells > budget) break;
    budget -= cells;
    search.Size(size);
  }
  return search.Finish();
}

}  // namespace reprise::extract::risk
