// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/hierarchy.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/fields.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {
namespace {

// Columns of labels as dense ids per level: ids[level][value], texts[level][id].
struct Columns {
  std::vector<std::vector<uint32_t>> ids;
  std::vector<std::vector<std::string>> texts;
};

// The finished hierarchy grows level by level; equal sets of values share one label.
class Builder {
 public:
  explicit Builder(absl::string_view attribute) { hierarchy_.attribute = std::string(attribute); }

  Hierarchy Build(const Columns& columns) {
    const size_t top = columns.ids.size() - 1;
    AddLevel(columns, 0);
    if (top > 0) {
      // The top claims "*" before any group in between can.
      AddLevel(columns, top);
      std::vector<uint32_t> all = std::move(hierarchy_.label_of.back());
      hierarchy_.label_of.pop_back();
      for (size_t level = 1; level < top; ++level) AddLevel(columns, level);
      hierarchy_.label_of.push_back(std::move(all));
    }
    return std::move(hierarchy_);
  }

 private:
  void AddLevel(const Columns& columns, size_t level) {
    const std::vector<uint32_t>& ids = columns.ids[level];
    std::vector<uint32_t> first(columns.texts[level].size(), UINT32_MAX);
    std::vector<uint32_t> leaves(columns.texts[level].size(), 0);
    for (uint32_t value = 0; value < ids.size(); ++value) {
      if (leaves[ids[value]]++ == 0) first[ids[value]] = value;
    }
    std::vector<uint32_t> label(first.size());
    for (size_t id = 0; id < first.size(); ++id) {
      label[id] = LabelFor(columns.texts[level][id], first[id], leaves[id], level);
    }
    std::vector<uint32_t> row(ids.size());
    for (size_t value = 0; value < ids.size(); ++value) row[value] = label[ids[value]];
    hierarchy_.label_of.push_back(std::move(row));
  }

  // Groups are nested or apart, so first value and size tell whether two sets are one.
  uint32_t LabelFor(const std::string& given, uint32_t first, uint32_t leaves, size_t level) {
    std::string text = given;
    for (int attempt = 0;; ++attempt) {
      if (attempt > 0) {
        text = absl::StrCat(given, " (level ", level, attempt > 1 ? absl::StrCat(".", attempt) : "",
                            ")");
      }
      const auto [place, fresh] =
          of_text_.emplace(text, static_cast<uint32_t>(hierarchy_.labels.size()));
      if (!fresh) {
        if (first_[place->second] == first && hierarchy_.leaves[place->second] == leaves)
          return place->second;
        continue;
      }
      if (attempt > 0) hierarchy_.renamed[given] = text;
      hierarchy_.labels.push_back(text);
      hierarchy_.leaves.push_back(leaves);
      first_.push_back(first);
      return place->second;
    }
  }

  Hierarchy hierarchy_;
  absl::flat_hash_map<std::string, uint32_t> of_text_;
  std::vector<uint32_t> first_;
};

// Every group of one level must lie in one group of the next.
absl::Status CheckMonotone(const Columns& columns, absl::string_view file,
                           const std::vector<size_t>& rows) {
  for (size_t level = 1; level < columns.ids.size(); ++level) {
    std::vector<uint32_t> parent(columns.texts[level - 1].size(), UINT32_MAX);
    for (size_t value = 0; value < columns.ids[level].size(); ++value) {
      uint32_t& known = parent[columns.ids[level - 1][value]];
      if (known == UINT32_MAX) known = columns.ids[level][value];
      if (known != columns.ids[level][value]) {
        return HierarchySplitError({file, rows[value], level + 1},
                                   columns.texts[level - 1][columns.ids[level - 1][value]]);
      }
    }
  }
  return absl::OkStatus();
}

class Reader {
 public:
  Reader(absl::string_view file, absl::string_view attribute)
      : file_(file), attribute_(attribute) {}

  absl::Status Add(size_t row, const std::vector<absl::string_view>& fields) {
    if (maps_.empty()) {
      maps_.resize(fields.size());
      columns_.ids.resize(fields.size());
      columns_.texts.resize(fields.size());
    }
    if (fields.size() != maps_.size())
      return RowWidthError({file_, row}, fields.size(), maps_.size());
    if (const size_t column = QuotedColumn(fields); column > 0)
      return QuoteError({file_, row, column});
    if (rows_.size() == kMostHierarchyValues) return HierarchyTooLargeError({file_, row, 1});
    if (fields.back() != kSuppressed) return HierarchyNoTopError({file_, row, fields.size()});
    for (size_t level = 0; level < fields.size(); ++level) {
      const auto [place, fresh] = maps_[level].emplace(std::string(fields[level]),
                                                       static_cast<uint32_t>(maps_[level].size()));
      if (fresh) columns_.texts[level].push_back(place->first);
      if (!fresh && level == 0) return HierarchyValueTwiceError({file_, row, 1}, fields[0]);
      columns_.ids[level].push_back(place->second);
    }
    rows_.push_back(row);
    return absl::OkStatus();
  }

  absl::StatusOr<Hierarchy> Finish() {
    if (rows_.empty()) return FileEmptyError(file_);
    for (size_t value = 0; value < rows_.size() && rows_.size() > 1; ++value) {
      if (columns_.texts[0][value] == kSuppressed)
        return HierarchyNoTopError({file_, rows_[value], 1});
    }
    REPRISE_RETURN_IF_ERROR(CheckMonotone(columns_, file_, rows_));
    maps_.clear();
    return Builder(attribute_).Build(columns_);
  }

 private:
  absl::string_view file_;
  absl::string_view attribute_;
  std::vector<absl::flat_hash_map<std::string, uint32_t>> maps_;
  Columns columns_;
  std::vector<size_t> rows_;
};

}  // namespace

absl::StatusOr<Hierarchy> ReadHierarchy(absl::string_view bytes, absl::string_view file,
                                        absl::string_view attribute, char delimiter) {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view text, CheckedText(bytes, file));
  Reader reader(file, attribute);
  LineReader lines(text, delimiter);
  std::vector<absl::string_view> fields;
  while (lines.Next(fields)) REPRISE_RETURN_IF_ERROR(reader.Add(lines.row(), fields));
  return reader.Finish();
}

absl::StatusOr<Hierarchy> MakeHierarchy(absl::string_view attribute, absl::string_view file,
                                        const std::vector<std::vector<std::string>>& columns) {
  Reader reader(file, attribute);
  std::vector<absl::string_view> fields(columns.size());
  for (size_t value = 0; !columns.empty() && value < columns[0].size(); ++value) {
    for (size_t level = 0; level < columns.size(); ++level) {
      if (columns[level].size() != columns[0].size())
        return RowWidthError({file}, level, columns.size());
      fields[level] = columns[level][value];
    }
    REPRISE_RETURN_IF_ERROR(reader.Add(value + 1, fields));
  }
  return reader.Finish();
}

std::string FormatHierarchy(const Hierarchy& hierarchy, char delimiter) {
  std::string text;
  for (size_t value = 0; value < hierarchy.size(); ++value) {
    for (int level = 0; level < hierarchy.levels(); ++level) {
      if (level > 0) text += delimiter;
      text += hierarchy.labels[hierarchy.label_of[level][value]];
    }
    text += '\n';
  }
  return text;
}

}  // namespace reprise::extract::anonymisation
