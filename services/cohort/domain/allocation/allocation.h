// SPDX-License-Identifier: Apache-2.0
// Allocation by a stage's list: the design as the protocol has it, who may be allocated, which stratum
// factors make, which arm stands at a place, and whether what was allocated is what the list says.
// The lists themselves are those of domain/randomisation (RTW-RAND-1).
#ifndef REPRISE_COHORT_DOMAIN_ALLOCATION_ALLOCATION_H_
#define REPRISE_COHORT_DOMAIN_ALLOCATION_ALLOCATION_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/seed.h"

namespace reprise::cohort {

// The factor that the platform fills in with the code of the participant's site.
inline constexpr char kSiteFactor[] = "site";

using Factors = std::map<std::string, std::string>;  // level by factor

// What the protocol says about allocation in a stage.
struct StagePlan {
  int protocol_version = 0;
  std::vector<randomisation::Arm> arms = {};
  std::vector<randomisation::Factor> factors = {};  // of `site` without levels
  std::vector<int> block_sizes = {};
};

struct AllocationList {
  std::string list_id = {};
  std::string study_id = {};
  std::string stage = {};
  int protocol_version = 0;
  randomisation::Design design = {};
  std::string sealed_seed = {};
  std::string seed_sha256 = {};  // 32 bytes
  std::string made_by = {};
  absl::Time made_time = {};
  int64_t allocated = 0;
};

struct Allocation {
  std::string participant_id = {};
  std::string list_id = {};
  std::string stratum = {};
  int sequence = 0;
  std::string arm = {};
  Factors factors = {};    // as entered, with the site
  Factors corrected = {};  // as they should have been; empty where never corrected
  int corrections = 0;
  absl::CivilDay randomised_date = {};
  std::string made_by = {};
  absl::Time made_time = {};
};

// Where a participation stands on `today`, in the time zone of its site.
struct Participation {
  std::string participant_id = {};
  std::string study_id = {};
  std::string site_id = {};
  std::string site = {};   // code
  std::string stage = {};  // code
  int protocol_version = 0;
  absl::CivilDay today = {};
  std::optional<absl::CivilDay> enrolled_date = {}, screen_failed_date = {}, intervention_stop_date = {},
      withdrawal_date = {}, completed_date = {}, death_date = {};
  bool lost = false;
  std::optional<absl::CivilDay> site_opens_date = {}, site_closes_date = {};
};

// Permuted blocks by all factors of the plan; `site` has the levels `sites`.
//   FAILED_PRECONDITION STAGE_WITHOUT_ARMS, DESIGN_INVALID
absl::StatusOr<randomisation::Design> DesignOf(const StagePlan& plan,
                                               const std::vector<std::string>& sites);

// Enrolled, going on, at an open site.
//   FAILED_PRECONDITION PARTICIPANT_NOT_ENROLLED, SITE_NOT_OPEN
absl::Status CheckMayBeAllocated(const Participation& participation);

// One known level for each factor of the design, the site filled in; all faults at once.
//   INVALID_ARGUMENT FACTOR_MISSING, FACTOR_UNKNOWN, LEVEL_UNKNOWN on `factors[code]`
absl::StatusOr<Factors> CompleteFactors(const randomisation::Design& design, const std::string& site,
                                        const Factors& given);

// The label of the list that complete factors lead to. A site that the study got after the list was
// made has its list as well: it depends on the label alone.
std::string StratumOf(const randomisation::Design& design, const Factors& factors);

// The arm at a place, from 1.
absl::StatusOr<std::string> ArmAt(const AllocationList& list, const randomisation::Seed& seed,
                                  const std::string& stratum, int sequence);

// `allocation` with the factors that should have been: `given` over what is recorded.
//   INVALID_ARGUMENT CHANGE_REASON_REQUIRED, FIELD_TOO_LONG, TEXT_HOLDS_IDENTITY, NOTHING_CHANGED and
//   those of CompleteFactors
absl::StatusOr<Allocation> Correct(const randomisation::Design& design, Allocation allocation,
                                   const Factors& given, const std::string& reason);

// Those of the corrected factors that differ from what was entered.
Factors Differences(const Allocation& allocation);

// Each way in which the allocations of a list are not what its seed gives, a sentence each. Requires
// all allocations of the list.
absl::StatusOr<std::vector<std::string>> FaultsOf(const AllocationList& list,
                                                  const randomisation::Seed& seed,
                                                  std::vector<Allocation> allocations);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_DOMAIN_ALLOCATION_ALLOCATION_H_
