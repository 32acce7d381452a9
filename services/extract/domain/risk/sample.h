// SPDX-License-Identifier: Apache-2.0
// A file counted by person: what the quasi-identifiers and the sensitive columns read for each, and
// the classes of persons whose quasi-identifiers read the same. The ground on which every figure of
// the verifier and of the report stands.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_SAMPLE_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_SAMPLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/risk/grouping.h"
#include "services/extract/domain/risk/verifier_case.h"

namespace reprise::extract::risk {

// Texts to codes, in order of first appearance.
class Dictionary {
 public:
  uint32_t Code(absl::string_view text);
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  absl::flat_hash_map<std::string, uint32_t> code_of_;
  std::vector<std::string> texts_;
};

struct SampleColumn {
  std::string name;
  const LabelTree* tree = nullptr;  // codes are its label ids where there is one
  std::vector<std::string> texts;   // by code; empty where there is a tree
  Codes codes;                      // by person

  const std::string& text(uint32_t code) const { return tree ? tree->text(code) : texts[code]; }
};

struct Sample {
  size_t persons = 0;
  std::vector<size_t> record_of_person;  // row (1-based, header 1) of each person's first record
  std::vector<SampleColumn> qis;
  std::vector<SampleColumn> sensitive;
  std::vector<bool> suppressed;  // by person: every quasi-identifier reads "*"
  size_t suppressed_persons = 0;
  Grouping classes;  // of the persons not suppressed

  size_t published() const { return persons - suppressed_persons; }
};

// Sets `suppressed` and `classes` from the codes. When every person reads "*" throughout they are
// one class and nobody is suppressed: that is what a recipient sees.
void GroupSample(Sample& sample);

// Reads a file as it is. A cell of a column that has a hierarchy must be one of its labels.
//   INVALID_ARGUMENT DATA_* with file, row and column; PERSON_VARIES when a person's records differ
//   in a quasi-identifier or a sensitive column; DATA_COLUMN_MISSING
absl::StatusOr<Sample> ReadSample(absl::string_view csv, const std::string& file,
                                  const VerifierCase& request);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_SAMPLE_H_
