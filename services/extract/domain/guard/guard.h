// SPDX-License-Identifier: Apache-2.0
// The differencing guard: whether a further release, laid beside every earlier one of its study,
// lets anybody be told apart who was not in either alone. Pure; a pair of releases costs one hash
// join. Sources: Ganta, Kasiviswanathan, Smith 2008 (intersection attack); Xiao, Tao 2007
// (m-invariance).
#ifndef REPRISE_EXTRACT_DOMAIN_GUARD_GUARD_H_
#define REPRISE_EXTRACT_DOMAIN_GUARD_GUARD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/extract/domain/guard/release.h"

namespace reprise::extract::guard {

enum class Rule {
  kPersonsLeft,        // |earlier \ request| is neither 0 nor >= k
  kPersonsJoined,      // |request \ earlier| is neither 0 nor >= k
  kClassIntersection,  // some |c1 n c2| is neither 0 nor >= k
  kClassRemainder,     // a class loses or gains 1 to k-1 persons between the releases
  kSensitiveValues,    // fewer than l values stay possible for persons in c1 n c2
  kCellDifference,     // two published counts differ by 1 to smallest_count - 1
  kClassTooSmall,      // a class of the request itself has fewer than k persons
  kNotAProjection,     // a master exists and the request is not a projection of it
};
const char* NameOf(Rule rule);

// One broken rule against one earlier release: the worst case and how often.
struct Finding {
  Rule rule;
  std::string earlier;    // id; empty for kClassTooSmall
  std::string recipient;  // of the earlier release
  uint64_t smallest = 0;  // the smallest count, difference or number of values found
  uint64_t places = 0;    // intersections, cells or persons concerned
  std::string column;     // kSensitiveValues
};

enum class Outcome {
  kAccept,
  kReuse,    // ask again with the partition of release `reuse`
  kCoarsen,  // ask again with the classes of `merge` merged
  kRefuse,  // no coding helps: the set of persons itself, or a published count, gives somebody away
};
const char* NameOf(Outcome outcome);

struct Decision {
  Outcome outcome = Outcome::kAccept;
  std::string reason;             // a sentence for the person who asked
  std::vector<Finding> findings;  // same recipient first, then in order of the register
  std::string reuse;              // id
  std::vector<std::vector<std::string>> merge;  // each: classes of the request to be made one
  bool projection = false;                      // of the frozen master
  size_t compared = 0;                          // earlier releases of the study
};

// Releases of other studies are not compared: they have other persons.
//   ALREADY_EXISTS RELEASE_EXISTS: ids are not unique
absl::StatusOr<Decision> Judge(const Request& request, absl::Span<const Release> earlier);

// The master restricted to some variables and persons, with the master's own classes: what the
// default policy releases. `persons` empty means all.
//   INVALID_ARGUMENT RELEASE_ENTRY_INVALID: a variable or person that the master does not have
absl::StatusOr<Release> ProjectMaster(const Release& master,
                                      const std::vector<std::string>& variables,
                                      const std::vector<std::string>& persons);

}  // namespace reprise::extract::guard

#endif  // REPRISE_EXTRACT_DOMAIN_GUARD_GUARD_H_
