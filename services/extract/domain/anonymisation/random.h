// SPDX-License-Identifier: Apache-2.0
// A small generator whose numbers are the same on every machine (SplitMix64, Steele et al. 2014);
// the standard distributions are not.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RANDOM_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RANDOM_H_

#include <cstdint>

namespace reprise::extract::anonymisation {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  // Below `bound`, which is at least 1 and below 2^32; the bias is under 2^-32.
  uint32_t Below(uint32_t bound) { return static_cast<uint32_t>(((Next() >> 32) * bound) >> 32); }
  // In (0, 1].
  double Unit() { return (static_cast<double>(Next() >> 11) + 1.0) * 0x1p-53; }

 private:
  uint64_t state_;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RANDOM_H_
