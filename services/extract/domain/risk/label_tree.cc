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

// The file as it stands: text ids of every cell, numbered over the whole file.
struct LabelTree::Cells {
  absl::flat_hash_map<std::string, uint32_t> id_of;
  std::vector<std::string> texts;
  std::vector<uint32_t> of;  // values x levels

  uint32_t Id(absl::string_view text) {
    const auto [found, fresh] = id_of.try_emplace(std::string(text), texts.size());
    if (fresh) texts.emplace_back(text);
    return found->second;
  }
};

absl::Status LabelTree::AddRow(const RecordReader& reader, Cells& cells) {
  const std::vector<absl::string_view>& fields = reader.fields();
  if (values_ == 0) levels_ = fields.size();
  if (fields.size() != levels_) {
    return HierarchyInvalid(
        "WIDTH", attribute_, reader.row(),
        absl::StrCat("The row has ", fields.size(), " levels, the first row ", levels_, "."));
  }
  for (size_t level = 0; level < levels_; ++level) {
    if (level > 0 && fields[level].empty()) {
      return HierarchyInvalid("LABEL_MISSING", attribute_, reader.row(),
                              absl::StrCat("Column ", level + 1, " is empty."));
    }
    cells.of.push_back(cells.Id(fields[level]));
  }
  ++values_;
  return absl::OkStatus();
}

// What is alike at one level must be alike at the next.
absl::Status LabelTree::CheckMonotone(const Cells& cells) const {
  std::vector<uint32_t> first(cells.texts.size());
  for (size_t level = 0; level < levels_; ++level) {
    std::fill(first.begin(), first.end(), kNone);
    for (uint32_t value = 0; value < values_; ++value) {
      const size_t at = value * levels_ + level;
      uint32_t& other = first[cells.of[at]];
      if (other == kNone) {
        other = value;
      } else if (level == 0) {
        return HierarchyInvalid("VALUE_DUPLICATE", attribute_, value + 1,
                                absl::StrCat("The value of row ", other + 1, " stands again."));
      } else if (level + 1 < levels_ && cells.of[at + 1] != cells.of[other * levels_ + level + 1]) {
        return HierarchyInvalid("NOT_MONOTONE", attribute_, value + 1,
                                absl::StrCat("Column ", level + 1, " groups this row with row ",
                                             other + 1, ", but the next column parts them again."));
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> LabelTree::Label(const std::string& given, uint32_t level, uint32_t first,
                                          uint32_t leaves) {
  for (const std::string& text : {given, absl::StrCat(given, " (level ", level, ")")}) {
    const auto [found, fresh] = id_of_.try_emplace(text, static_cast<uint32_t>(texts_.size()));
    const uint32_t label = found->second;
    if (fresh) {
      texts_.push_back(text);
      leaves_.push_back(leaves);
      level_.push_back(level);
      first_.push_back(first);
    }
    // Groups are nested or apart: the same first value and number of values make the same set.
    if (leaves_[label] == leaves && first_[label] == first) {
      level_[label] = std::min(level_[label], level);
      return label;
    }
  }
  return HierarchyInvalid(
      "LABEL_AMBIGUOUS", attribute_, first + 1,
      absl::StrCat("The label of column ", level + 1, " also names two other sets of values."));
}

absl::Status LabelTree::AddLevel(const Cells& cells, uint32_t level) {
  std::vector<uint32_t> first(cells.texts.size(), kNone), leaves(cells.texts.size(), 0);
  for (uint32_t value = 0; value < values_; ++value) {
    const uint32_t text = cells.of[value * levels_ + level];
    if (leaves[text]++ == 0) first[text] = value;
  }
  std::vector<uint32_t> label(cells.texts.size(), kNone);
  for (uint32_t value = 0; value < values_; ++value) {
    const size_t at = value * levels_ + level;
    const uint32_t text = cells.of[at];
    if (label[text] == kNone) {
      REPRISE_ASSIGN_OR_RETURN(label[text],
                               Label(cells.texts[text], level, first[text], leaves[text]));
    }
    chain_[at] = label[text];
  }
  return absl::OkStatus();
}

absl::Status LabelTree::AddRoot() {
  const uint32_t size = static_cast<uint32_t>(values_);
  const uint32_t top = static_cast<uint32_t>(levels_) - 1;
  const bool there = texts_[chain_[top]] == kStar && leaves_[chain_[top]] == size;
  REPRISE_ASSIGN_OR_RETURN(root_, Label(kStar, there ? top : top + 1, 0, size));
  if (texts_[root_] != kStar) {
    return HierarchyInvalid("LABEL_AMBIGUOUS", attribute_, 1,
                            "The text '*' must stand for all values or for none.");
  }
  if (there) return absl::OkStatus();
  std::vector<uint32_t> taller;
  taller.reserve(values_ * (levels_ + 1));
  for (size_t value = 0; value < values_; ++value) {
    for (size_t level = 0; level < levels_; ++level)
      taller.push_back(chain_[value * levels_ + level]);
    taller.push_back(root_);
  }
  chain_ = std::move(taller);
  ++levels_;
  return absl::OkStatus();
}

absl::StatusOr<LabelTree> LabelTree::Read(absl::string_view csv, const std::string& attribute,
                                          char delimiter) {
  LabelTree tree;
  tree.attribute_ = attribute;
  RecordReader reader(csv, absl::StrCat("hierarchy_", attribute, ".csv"), delimiter);
  REPRISE_RETURN_IF_ERROR(reader.CheckEncoding());
  Cells cells;
  while (true) {
    REPRISE_ASSIGN_OR_RETURN(const bool more, reader.Next());
    if (!more) break;
    REPRISE_RETURN_IF_ERROR(tree.AddRow(reader, cells));
  }
  if (tree.values_ == 0)
    return HierarchyInvalid("EMPTY", attribute, 1, "The hierarchy has no row.");
  REPRISE_RETURN_IF_ERROR(tree.CheckMonotone(cells));
  tree.chain_.assign(cells.of.size(), kNone);
  // Values and top first: neither ever gives up its text to a group in between.
  const uint32_t top = static_cast<uint32_t>(tree.levels_) - 1;
  REPRISE_RETURN_IF_ERROR(tree.AddLevel(cells, 0));
  if (top > 0) REPRISE_RETURN_IF_ERROR(tree.AddLevel(cells, top));
  for (uint32_t level = 1; level < top; ++level)
    REPRISE_RETURN_IF_ERROR(tree.AddLevel(cells, level));
  REPRISE_RETURN_IF_ERROR(tree.AddRoot());
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
