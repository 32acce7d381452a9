// SPDX-License-Identifier: Apache-2.0
// The seed of a list as the database keeps it: sealed with a key that the database does not hold, and
// bound to its list, so that one list's seed cannot be put in the place of another's.
#ifndef REPRISE_COHORT_DOMAIN_ALLOCATION_SEAL_H_
#define REPRISE_COHORT_DOMAIN_ALLOCATION_SEAL_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/cohort/domain/randomisation/seed.h"

namespace reprise::cohort {

using Nonce = std::array<uint8_t, 24>;

// XChaCha20-Poly1305: nonce, then the sealed seed. `key` has 32 bytes; `nonce` is random, never used
// twice.
std::string SealSeed(const randomisation::Seed& seed, absl::string_view key,
                     absl::string_view list_id, const Nonce& nonce);

// FAILED_PRECONDITION ALLOCATION_KEY_MISMATCH: another key, another list, or changed bytes.
absl::StatusOr<randomisation::Seed> OpenSeed(absl::string_view sealed, absl::string_view key,
                                             absl::string_view list_id);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_DOMAIN_ALLOCATION_SEAL_H_
