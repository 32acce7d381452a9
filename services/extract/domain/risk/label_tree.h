// SPDX-License-Identifier: Apache-2.0
// The verifier's own reading of a generalisation hierarchy (hierarchy_<attribute>.csv: no header,
// one row a domain value, column 0 the value, then its groups, last column "*"): which texts a
// value may be written as, and what each costs.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_LABEL_TREE_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_LABEL_TREE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::extract::risk {

inline constexpr char kStar[] = "*";

class RecordReader;

// Every text names one set of values, wherever it stands. Where the file uses a text for two sets,
// the group in between values and top is written as "text (level N)", N its column from 0, in a
// release. Immutable once read.
class LabelTree {
 public:
  //   INVALID_ARGUMENT HIERARCHY_EMPTY, HIERARCHY_WIDTH, HIERARCHY_VALUE_DUPLICATE,
  //   HIERARCHY_LABEL_MISSING, HIERARCHY_NOT_MONOTONE (a group splits again further up),
  //   HIERARCHY_LABEL_AMBIGUOUS ("*" for some values only, or one text for three sets);
  //   DATA_MALFORMED, TEXT_NOT_UTF8
  static absl::StatusOr<LabelTree> Read(absl::string_view csv, const std::string& attribute,
                                        char delimiter = ';');

  const std::string& attribute() const { return attribute_; }
  // D, the number of domain values; their label ids are 0..D-1.
  size_t values() const { return values_; }
  // Columns of the file; the top "*" is level levels()-1 (added when the file lacks it).
  size_t levels() const { return levels_; }
  // Label id of a text, or -1.
  int64_t Find(absl::string_view text) const;
  const std::string& text(uint32_t label) const { return texts_[label]; }
  size_t labels() const { return texts_.size(); }
  uint32_t root() const { return root_; }
  uint32_t Ancestor(uint32_t value, size_t level) const { return chain_[value * levels_ + level]; }
  bool Generalises(uint32_t label, uint32_t value) const;
  // Domain values below the label.
  uint32_t leaves(uint32_t label) const { return leaves_[label]; }
  // Lowest level at which the label stands.
  uint32_t level(uint32_t label) const { return level_[label]; }
  double Share(uint32_t label) const;
  // (share - 1/D) / (1 - 1/D) in [0, 1]; 0 for a value and 1 for the top. With D = 1 always 0.
  double Loss(uint32_t label) const;

 private:
  struct Cells;
  absl::Status AddRow(const RecordReader& reader, Cells& cells);
  absl::Status CheckMonotone(const Cells& cells) const;
  absl::Status AddLevel(const Cells& cells, uint32_t level);
  absl::StatusOr<uint32_t> Label(const std::string& given, uint32_t level, uint32_t first,
                                 uint32_t leaves);
  absl::Status AddRoot();

  std::string attribute_;
  size_t values_ = 0;
  size_t levels_ = 0;
  uint32_t root_ = 0;
  std::vector<uint32_t> chain_;  // values x levels
  std::vector<std::string> texts_;
  std::vector<uint32_t> leaves_;
  std::vector<uint32_t> level_;
  std::vector<uint32_t> first_;  // first domain value below each label
  absl::flat_hash_map<std::string, uint32_t> id_of_;
};

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_LABEL_TREE_H_
