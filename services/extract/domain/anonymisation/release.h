// SPDX-License-Identifier: Apache-2.0
// The released file: the rows of the data in their order, quasi-identifiers replaced by their
// labels, direct identifiers and free text left out, everything else byte for byte as it came.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RELEASE_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RELEASE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "services/extract/domain/anonymisation/model.h"
#include "services/extract/domain/anonymisation/recoding.h"
#include "services/extract/domain/anonymisation/records.h"

namespace reprise::extract::anonymisation {

// `bytes` are those that `records` were made from, so they are known to be well formed.
std::string WriteRelease(absl::string_view bytes, const Case& request, const Records& records,
                         const Recoding& recoding, const absl::optional<Subset>& subset);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_RELEASE_H_
