// SPDX-License-Identifier: Apache-2.0
// Cohorts that several survival tests share. Leukaemia: weeks to relapse under 6-mercaptopurine and
// placebo, Freireich et al., Blood 1963;21:699, the textbook example whose figures are published.
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_FIXTURES_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_FIXTURES_H_

#include <initializer_list>
#include <random>
#include <utility>
#include <vector>

#include "services/phase/domain/survival/observation.h"

namespace reprise::survival {

// Pairs of time and status 0, 1, 2.
inline std::vector<Observation> Cohort(std::initializer_list<std::pair<double, int>> pairs) {
  std::vector<Observation> cohort;
  for (const auto& [time, status] : pairs) {
    cohort.push_back({.time = time, .outcome = static_cast<Outcome>(status)});
  }
  return cohort;
}

inline std::vector<Observation> Mercaptopurine() {
  return Cohort({{6, 1},  {6, 1},  {6, 1},  {6, 0},  {7, 1},  {9, 0},  {10, 1},
                 {10, 0}, {11, 0}, {13, 1}, {16, 1}, {17, 0}, {19, 0}, {20, 0},
                 {22, 1}, {23, 1}, {25, 0}, {32, 0}, {32, 0}, {34, 0}, {35, 0}});
}

inline std::vector<Observation> Placebo() {
  return Cohort({{1, 1},  {1, 1},  {2, 1},  {2, 1},  {3, 1},  {4, 1},  {4, 1},
                 {5, 1},  {5, 1},  {8, 1},  {8, 1},  {8, 1},  {8, 1},  {11, 1},
                 {11, 1}, {12, 1}, {12, 1}, {15, 1}, {17, 1}, {22, 1}, {23, 1}});
}

// Groups in the order given, all in stratum 0.
inline std::vector<Member> Together(const std::vector<std::vector<Observation>>& groups) {
  std::vector<Member> members;
  for (size_t g = 0; g < groups.size(); ++g) {
    for (const Observation& observation : groups[g]) {
      members.push_back({.observation = observation, .group = static_cast<int>(g), .stratum = 0});
    }
  }
  return members;
}

// Heavily tied days in [0, days), every outcome; the same for the same seed on every machine.
inline std::vector<Observation> RandomCohort(uint32_t seed, int size, uint32_t days) {
  std::mt19937 random(seed);
  std::vector<Observation> cohort;
  for (int i = 0; i < size; ++i) {
    const double time = random() % days;
    cohort.push_back({.time = time, .outcome = static_cast<Outcome>(random() % 3)});
  }
  return cohort;
}

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_FIXTURES_H_
