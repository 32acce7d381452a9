// SPDX-License-Identifier: Apache-2.0
// What the verifier and the risk report must know about a file: roles of the columns, the promised
// privacy models, the hierarchies and the released rows. Read from case.json by own code.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_VERIFIER_CASE_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_VERIFIER_CASE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/risk/label_tree.h"

namespace reprise::extract::risk {

// A promise about the released classes, as `case.json` writes it: `k:5`, `dl:rtw:3`, `el:rtw:2.5`,
// `rl:rtw:3:3` (c, then l), `te:`/`th:`/`to:rtw:0.3`, `avg:0.09`, `km:10`, `dp:0:0.25`, `bl:rtw:2`
// (enhanced beta-likeness), `dd:rtw:1`, `su:0`, `pu:0.01:3e8`.
struct Promise {
  std::string text;
  std::string kind;       // the text before the first colon
  std::string attribute;  // empty where the model concerns class sizes only
  std::vector<double> numbers;
};

struct VerifierCase {
  std::vector<std::string> qis;
  std::vector<Promise> promises;
  std::vector<std::string> sensitive;
  std::set<std::string> withheld;  // direct identifiers and free text: never in a released file
  std::string person;              // column naming the person; empty: one row a person
  double suppression_limit = 0;    // share of the persons, [0, 1]
  char delimiter = ';';
  std::string subset_file;                      // as named by the case, empty if none
  std::optional<std::vector<uint32_t>> subset;  // released rows, ascending, 0-based
  std::map<std::string, LabelTree> trees;       // by attribute

  const LabelTree* Tree(const std::string& attribute) const;
};

// case.json without its files; unknown keys are ignored.
//   INVALID_ARGUMENT CASE_INVALID naming the field
absl::StatusOr<VerifierCase> ReadCase(absl::string_view json);

// One row number a line. INVALID_ARGUMENT SUBSET_INVALID
absl::StatusOr<std::vector<uint32_t>> ReadSubset(absl::string_view text);

// INVALID_ARGUMENT CASE_INVALID
absl::StatusOr<Promise> ReadPromise(absl::string_view text, absl::string_view path);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_VERIFIER_CASE_H_
