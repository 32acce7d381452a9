// SPDX-License-Identifier: Apache-2.0
// Seeded chance for the demo: the same seed and place give the same draws on every machine, which the
// distributions of the standard library do not promise.
#ifndef REPRISE_CLI_DEMO_DICE_H_
#define REPRISE_CLI_DEMO_DICE_H_

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace reprise::cli::demo {

class Dice {
 public:
  // One stream a candidate, so that threads cannot disturb each other's draws.
  Dice(uint64_t seed, uint64_t place, uint64_t number)
      : state_(seed * 0x9E3779B97F4A7C15U ^ (place + 1) * 0xBF58476D1CE4E5B9U ^
               (number + 1) * 0x94D049BB133111EBU) {}

  // SplitMix64 (Steele, Lea, Flood 2014).
  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  double Uniform() { return static_cast<double>(Next() >> 11U) * 0x1.0p-53; }  // [0, 1)
  bool Chance(double p) { return Uniform() < p; }
  int Between(int low, int high) {  // both included
    return low + static_cast<int>(Uniform() * (high - low + 1));
  }
  // Median and spread of a lognormal number, by Box and Muller.
  double LogNormal(double median, double sigma) {
    const double z = std::sqrt(-2 * std::log(1 - Uniform())) * std::cos(6.283185307179586 * Uniform());
    return median * std::exp(sigma * z);
  }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[static_cast<size_t>(Between(0, static_cast<int>(from.size()) - 1))];
  }

 private:
  uint64_t state_;
};

}  // namespace reprise::cli::demo

#endif  // REPRISE_CLI_DEMO_DICE_H_
