// SPDX-License-Identifier: Apache-2.0
// The fast random source of simulations, never of real allocations: xoshiro256** seeded through
// SplitMix64 (Blackman and Vigna, ACM Trans Math Softw 2021;47:36), from the published definition.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_SIMULATION_SOURCE_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_SIMULATION_SOURCE_H_

#include <array>
#include <cstdint>

namespace reprise::randomisation {

// Next output of SplitMix64, and the step of its state.
inline uint64_t SplitMix64(uint64_t& state) {
  uint64_t z = state += 0x9E3779B97F4A7C15U;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
  z = (z ^ z >> 27) * 0x94D049BB133111EBU;
  return z ^ z >> 31;
}

class SimulationSource {
 public:
  // Stream `stream` of `seed`: streams differ in all four words of state.
  SimulationSource(uint64_t seed, uint64_t stream) {
    uint64_t state = SplitMix64(seed) + stream;
    state = SplitMix64(state);
    for (uint64_t& word : state_) word = SplitMix64(state);
  }
  explicit SimulationSource(const std::array<uint64_t, 4>& state) : state_(state) {}

  uint64_t Next() {
    const uint64_t result = Rotate(state_[1] * 5, 7) * 9;
    const uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = Rotate(state_[3], 45);
    return result;
  }
  double Uniform() { return static_cast<double>(Next() >> 11) * 0x1p-53; }
  // 0 .. m-1 by multiplication, each value's chance off by at most 2^-32: enough for simulation.
  uint32_t Below(uint32_t m) { return static_cast<uint32_t>((Next() >> 32) * m >> 32); }

 private:
  static uint64_t Rotate(uint64_t x, int by) { return x << by | x >> (64 - by); }
  std::array<uint64_t, 4> state_{};
};

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_SIMULATION_SOURCE_H_
