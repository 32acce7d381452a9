// SPDX-License-Identifier: Apache-2.0
// The independent check of a release: reads the written file beside the original, cell by cell, and
// recounts every promise, risk and loss. It shares no code with any solver; a file that it rejects
// is never handed out. Accepts full-domain, cell-suppressed and locally recoded files alike.
//   REPRISE_ASSIGN_OR_RETURN(VerifiedRelease checked, VerifyRelease(original, written, request));
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_VERIFIER_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_VERIFIER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/risk/figures.h"
#include "services/extract/domain/risk/promises.h"
#include "services/extract/domain/risk/verifier_case.h"

namespace reprise::extract::risk {

struct VerifiedRelease {
  Figures figures;
  LossFigures loss;
  double nonuniform_entropy = 0;
  std::vector<PromiseOutcome> promises;  // all hold
  std::vector<StarCount> stars;
  // Level of each quasi-identifier written at one level throughout (suppressed rows aside); absent
  // where codings are mixed.
  std::map<std::string, int> transformation;
  // Class of each person in the order of the original rows; kNoClass where suppressed.
  std::vector<uint32_t> class_of_person;
  // The release by person, for MakeReport; it points into the request's hierarchies.
  Sample sample;
};

// The released file holds the rows of the original (of the subset where there is one) in their
// order, every column but those withheld, in any order; the person column may be absent. In each
// row a quasi-identifier reads one of the labels of its own value's chain or "*", everything else
// is unchanged. Records of one person read the same in every quasi-identifier and count once.
// `request` must hold the hierarchy of every quasi-identifier.
//   INVALID_ARGUMENT     unreadable input: DATA_*, TEXT_NOT_UTF8, HIERARCHY_MISSING, CASE_INVALID,
//                        SUBSET_INVALID, PERSON_VARIES
//   FAILED_PRECONDITION  RELEASE_<rule> as listed in errors.h, with `where`
absl::StatusOr<VerifiedRelease> VerifyRelease(absl::string_view original_csv,
                                              absl::string_view released_csv,
                                              const VerifierCase& request);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_VERIFIER_H_
