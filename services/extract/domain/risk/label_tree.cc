// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/label_tree.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/risk/delimited.h"
#include "services/extract/domain/risk/errors.h"
#include "services/platform/status.h"

namespace reprise::extract::risk {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

}  // namespace

uint32_t LabelTree::Intern(absl::string_view text, uint32_t level) {
  const auto [found, fresh] = id_of_.try_emplace(std::string(text), texts_.size());
  if (fresh) {
    texts_.emplace_back(text);
    level_.push_back(level);
  }
  return found->second;
}

absl::Status LabelTree::AddRow(size_t row, const std::vector<absl::string_view>& cells) {
  if (values_ == 0) levels_ = cells.size();
  if (cells.size() != levels_) {
    return HierarchyInvalid("WIDTH", attribute_, row,
                            absl::StrCat("The row has ", cells.size(), " levels, the first row ",
                                         levels_, "."));
  }
  for (size_t level = 0; level < levels_; ++level) {
    if (level > 0 && cells[level].empty()) {
      return HierarchyInvalid("LABEL_MISSING", attribute_, row,
                              absl::StrCat("Column ", level + 1, " is empty."));
    }
    chain_.push_back(Intern(cells[level], static_cast<uint32_t>(level)));
  }
  ++values_;
  return absl::OkStatus();
}

// Walks each level once: below one text of a level the next level must not differ, and a text that
// stands at two levels must cover the same values at both.
absl::Status LabelTree::CheckTexts() {
  std::vector<uint32_t> first_value(texts_.size(), kNone), parent(texts_.size()), count(texts_.size());
  leaves_.assign(texts_.size(), 0);
  std::vector<uint32_t> sample(texts_.size(), kNone);
  for (size_t level = 0; level < levels_; ++level) {
    std::fill(first_value.begin(), first_value.end(), kNone);
    std::fill(count.begin(), count.end(), 0);
    for (uint32_t value = 0; value < values_; ++value) {
      const uint32_t label = Ancestor(value, level);
      const uint32_t above = level + 1 < levels_ ? Ancestor(value, level + 1) : 0;
      if (first_value[label] == kNone) {
        first_value[label] = value;
        parent[label] = above;
      } else if (level == 0) {
        return HierarchyInvalid("VALUE_DUPLICATE", attribute_, value + 1,
                                absl::StrCat("The value of row ", first_value[label] + 1,
                                             " stands again."));
      } else if (parent[label] != above) {
        return HierarchyInvalid("NOT_MONOTONE", attribute_, value + 1,
                                absl::StrCat("Column ", level + 1, " groups this row with row ",
                                             first_value[label] + 1,
                                             ", but the next column parts them again."));
      }
      ++count[label];
    }
    for (uint32_t value = 0; value < values_; ++value) {
      const uint32_t label = Ancestor(value, level);
      if (sample[label] == kNone) {
        sample[label] = first_value[label];
        leaves_[label] = count[label];
      } else if (leaves_[label] != count[label] || sample[label] != first_value[label]) {
        return HierarchyInvalid("LABEL_AMBIGUOUS", attribute_, value + 1,
                                absl::StrCat("The label of column ", level + 1,
                                             " names another set of values at a finer level."));
      }
    }
  }
  return absl::OkStatus();
}

void LabelTree::AddRoot() {
  root_ = Intern(kStar, static_cast<uint32_t>(levels_));
  if (leaves_.size() == texts_.size()) return;
  leaves_.push_back(static_cast<uint32_t>(values_));
  std::vector<uint32_t> taller;
  taller.reserve(values_ * (levels_ + 1));
  for (size_t value = 0; value < values_; ++value) {
    for (size_t level = 0; level < levels_; ++level) taller.push_back(chain_[value * levels_ + level]);
    taller.push_back(root_);
  }
  chain_ = std::move(taller);
  ++levels_;
}

absl::StatusOr<LabelTree> LabelTree::Read(absl::string_view csv, const std::string& attribute,
                                          char delimiter) {
  LabelTree tree;
  tree.attribute_ = attribute;
  RecordReader reader(csv, absl::StrCat("hierarchy_", attribute, ".csv"), delimiter);
  REPRISE_RETURN_IF_ERROR(reader.CheckEncoding());
  // Value ids first and dense, so that a domain value's label id is its row; then the groups.
  while (true) {
    REPRISE_ASSIGN_OR_RETURN(const bool more, reader.Next());
    if (!more) break;
    const uint32_t id = tree.Intern(reader.fields()[0], 0);
    if (id + 1 != reader.row()) {
      return HierarchyInvalid("VALUE_DUPLICATE", attribute, reader.row(),
                              absl::StrCat("The value of row ", id + 1, " stands again."));
    }
  }
  if (reader.row() == 0) return HierarchyInvalid("EMPTY", attribute, 1, "The hierarchy has no row.");
  RecordReader again(csv, reader.file(), delimiter);
  REPRISE_RETURN_IF_ERROR(again.CheckEncoding());
  while (true) {
    REPRISE_ASSIGN_OR_RETURN(const bool more, again.Next());
    if (!more) break;
    REPRISE_RETURN_IF_ERROR(tree.AddRow(again.row(), again.fields()));
  }
  REPRISE_RETURN_IF_ERROR(tree.CheckTexts());
  const int64_t star = tree.Find(kStar);
  if (star >= 0 && tree.leaves_[static_cast<size_t>(star)] != tree.values_) {
    return HierarchyInvalid("LABEL_AMBIGUOUS", attribute, 1,
                            "The text '*' must stand for all values or for none.");
  }
  tree.AddRoot();
  return tree;
}

int64_t LabelTree::Find(absl::string_view text) const {
  const auto found = id_of_.find(text);
  return found == id_of_.end() ? -1 : static_cast<int64_t>(found->second);
}

bool LabelTree::Generalises(uint32_t label, uint32_t value) const {
  for (size_t level = 0; level < levels_; ++level) {
    if (Ancestor(value, level) == label) return true;
  }
  return false;
}

double LabelTree::Share(uint32_t label) const {
  return static_cast<double>(leaves_[label]) / static_cast<double>(values_);
}

double LabelTree::Loss(uint32_t label) const {
  if (values_ < 2) return 0;
  const double smallest = 1.0 / static_cast<double>(values_);
  return (Share(label) - smallest) / (1 - smallest);
}

}  // namespace reprise::extract::risk
