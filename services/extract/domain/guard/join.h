// SPDX-License-Identifier: Apache-2.0
// Two releases laid over each other: persons as numbers, and the classes in which they meet.
#ifndef REPRISE_EXTRACT_DOMAIN_GUARD_JOIN_H_
#define REPRISE_EXTRACT_DOMAIN_GUARD_JOIN_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "services/extract/domain/guard/release.h"

namespace reprise::extract::guard {

inline constexpr uint32_t kAbsent = UINT32_MAX;

// A release with its texts as numbers.
struct Numbered {
  const Release* release = nullptr;
  std::vector<uint32_t> class_of;  // by person
  std::vector<std::string> class_names;
  uint32_t suppressed = kAbsent;                        // the class of the suppressed, if any
  std::map<std::string, std::vector<uint32_t>> values;  // sensitive column -> value code by person

  std::vector<uint64_t> ClassSizes() const;
};

// `value_codes` numbers the texts of each sensitive column and is shared by all that are compared.
using ValueCodes = std::map<std::string, absl::flat_hash_map<std::string, uint32_t>>;
Numbered Number(const Release& release, ValueCodes& value_codes);

// An earlier release beside the request: where each of its persons stands there. Made once; the
// request's classes may then change.
struct Beside {
  Numbered earlier;
  std::vector<uint32_t> place;  // by person of the earlier release; kAbsent if not in the request
  std::vector<uint32_t> new_ones;  // persons of the request that the earlier release lacks
};
using PersonPlaces = absl::flat_hash_map<std::string, uint32_t>;
Beside LayBeside(const Release& earlier, const PersonPlaces& request, ValueCodes& value_codes);

// Persons in class c1 of the earlier and c2 of the request; kAbsent where in one release only.
struct Meeting {
  uint32_t earlier_class = 0, request_class = 0;
  uint64_t persons = 0;
};
std::vector<Meeting> Join(const Beside& pair, const Numbered& request);

// Distinct values by class, each sorted.
std::vector<std::vector<uint32_t>> ValuesByClass(const Numbered& release,
                                                 const std::vector<uint32_t>& values);

}  // namespace reprise::extract::guard

#endif  // REPRISE_EXTRACT_DOMAIN_GUARD_JOIN_H_
