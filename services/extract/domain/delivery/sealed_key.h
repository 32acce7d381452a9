// SPDX-License-Identifier: Apache-2.0
// The key of one extract's pseudonyms as it is stored: sealed with the house's extract key
// (XChaCha20-Poly1305, a fresh nonce in front) and bound to its extract, so that the database alone
// tells nobody who a pseudonym is, and no key serves another extract.
#ifndef REPRISE_EXTRACT_DOMAIN_DELIVERY_SEALED_KEY_H_
#define REPRISE_EXTRACT_DOMAIN_DELIVERY_SEALED_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/preparation/pseudonym.h"

namespace reprise::extract {

// A new random key, sealed. `house_key` has 32 bytes.
std::string SealFreshKey(absl::string_view house_key, absl::string_view extract_id);

// INTERNAL where it was not sealed with this key for this extract.
absl::StatusOr<preparation::ExtractKey> OpenKey(absl::string_view house_key, absl::string_view extract_id,
                                                absl::string_view sealed);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_DOMAIN_DELIVERY_SEALED_KEY_H_
