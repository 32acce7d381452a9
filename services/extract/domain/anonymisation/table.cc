// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/table.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/container/flat_hash_set.h"

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/fields.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {
namespace {

// Texts to codes by open addressing. Views must outlive the dictionary.
class Dictionary {
 public:
  Dictionary() : slots_(64) {}

  // Code of `text`; a new text gets the next code, or kAbsent when the dictionary is closed.
  uint32_t CodeOf(absl::string_view text) {
    const uint64_t hash = Hash(text);
    for (size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      Slot& slot = slots_[at];
      if (slot.data == nullptr) {
        if (closed_) return kAbsent;
        slot = {text.data(), hash, static_cast<uint32_t>(text.size()),
                static_cast<uint32_t>(texts_.size())};
        texts_.push_back(text);
        if (texts_.size() * 2 > slots_.size()) Grow();
        return static_cast<uint32_t>(texts_.size() - 1);
      }
      if (slot.hash == hash && Same(slot, text)) return slot.code;
    }
  }

  void Close() { closed_ = true; }
  const std::vector<absl::string_view>& texts() const { return texts_; }

  static constexpr uint32_t kAbsent = UINT32_MAX;

 private:
  struct Slot {
    const char* data = nullptr;
    uint64_t hash = 0;
    uint32_t length = 0;
    uint32_t code = 0;
  };

  // The hash of a text below 8 bytes is one-to-one for its length (all bytes, an odd multiplication
  // and a shift-xor), so an equal hash and length leave no doubt; only longer ones are compared.
  static bool Same(const Slot& slot, absl::string_view text) {
    if (slot.length != text.size()) return false;
    return text.size() < 8 || std::memcmp(slot.data, text.data(), text.size()) == 0;
  }

  template <typename Word>
  static Word Load(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
  }

  // Reads that overlap instead of a loop over the last bytes.
  static uint64_t Hash(absl::string_view text) {
    const size_t size = text.size();
    const char* const data = text.data();
    uint64_t hash = size * 0x9E3779B97F4A7C15u;
    if (size >= 8) {
      for (size_t i = 0; i + 8 < size; i += 8) hash = Mix(hash ^ Load<uint64_t>(data + i));
      return Mix(hash ^ Load<uint64_t>(data + size - 8));
    }
    if (size >= 4) {
      const uint64_t high = Load<uint32_t>(data + size - 4);
      return Mix(hash ^ (high << 32 | Load<uint32_t>(data)));
    }
    if (size == 0) return Mix(hash);
    const auto byte = [&](size_t i) { return static_cast<uint64_t>(Load<uint8_t>(data + i)); };
    return Mix(hash ^ (byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16));
  }
  static uint64_t Mix(uint64_t x) {
    x *= 0xD6E8FEB86659FD93u;
    return x ^ (x >> 32);
  }

  void Grow() {
    std::vector<Slot> old(slots_.size() * (slots_.size() < 65536 ? 4 : 2));
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.data == nullptr) continue;
      size_t at = slot.hash & (slots_.size() - 1);
      while (slots_[at].data != nullptr) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::vector<absl::string_view> texts_;
  bool closed_ = false;
};

// An empty view has no address, and the dictionary takes an address for presence.
absl::string_view Addressed(absl::string_view text) {
  return text.data() == nullptr ? absl::string_view("", 0) : text;
}

absl::Status ReadHeader(const std::vector<absl::string_view>& fields, size_t row,
                        absl::string_view file, Table& table) {
  if (const size_t column = QuotedColumn(fields); column > 0)
    return QuoteError({file, row, column});
  absl::flat_hash_set<absl::string_view> seen;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].empty()) return ColumnUnnamedError({file, row, i + 1});
    if (!seen.insert(fields[i]).second) return ColumnDuplicateError({file, row, i + 1}, fields[i]);
    table.header.emplace_back(fields[i]);
  }
  return absl::OkStatus();
}

class Coder {
 public:
  Coder(absl::string_view file, const std::vector<WantedColumn>& wanted)
      : file_(file), wanted_(wanted) {}

  absl::Status Start(const std::vector<std::string>& header, size_t rows_expected) {
    dictionaries_.resize(wanted_.size());
    codes_.resize(wanted_.size());
    for (size_t i = 0; i < wanted_.size(); ++i) {
      const auto place = std::find(header.begin(), header.end(), wanted_[i].name);
      if (place == header.end()) return ColumnMissingError(file_, wanted_[i].name);
      place_.push_back(place - header.begin());
      codes_[i].reserve(rows_expected);
      if (wanted_[i].hierarchy == nullptr) continue;
      for (size_t v = 0; v < wanted_[i].hierarchy->size(); ++v) {
        dictionaries_[i].CodeOf(Addressed(wanted_[i].hierarchy->labels[v]));
      }
      dictionaries_[i].Close();
    }
    return absl::OkStatus();
  }

  absl::Status Add(size_t row, const std::vector<absl::string_view>& fields) {
    for (size_t i = 0; i < wanted_.size(); ++i) {
      const uint32_t code = dictionaries_[i].CodeOf(Addressed(fields[place_[i]]));
      if (code == Dictionary::kAbsent) {
        return ValueNotInHierarchyError({file_, row, place_[i] + 1}, wanted_[i].name);
      }
      codes_[i].push_back(code);
    }
    return absl::OkStatus();
  }

  void Finish(Table& table) {
    for (size_t i = 0; i < wanted_.size(); ++i) {
      Column column{.name = wanted_[i].name, .values = {}, .codes = std::move(codes_[i])};
      for (absl::string_view text : dictionaries_[i].texts()) column.values.emplace_back(text);
      table.columns.push_back(std::move(column));
    }
  }

 private:
  absl::string_view file_;
  const std::vector<WantedColumn>& wanted_;
  std::vector<size_t> place_;
  std::vector<Dictionary> dictionaries_;
  std::vector<std::vector<uint32_t>> codes_;
};

}  // namespace

absl::StatusOr<Table> ReadTable(absl::string_view bytes, absl::string_view file,
                                const std::vector<WantedColumn>& wanted, char delimiter) {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view text, CheckedText(bytes, file));
  Table table;
  LineReader lines(text, delimiter);
  std::vector<absl::string_view> fields;
  lines.Next(fields);
  REPRISE_RETURN_IF_ERROR(ReadHeader(fields, lines.row(), file, table));
  Coder coder(file, wanted);
  // A guess from the first lines' length keeps the columns from growing by halves.
  REPRISE_RETURN_IF_ERROR(coder.Start(table.header, text.size() / (lines.line().size() + 1) + 1));
  while (lines.Next(fields)) {
    if (const size_t column = QuotedColumn(fields); column > 0)
      return QuoteError({file, lines.row(), column});
    if (fields.size() != table.header.size()) {
      return RowWidthError({file, lines.row()}, fields.size(), table.header.size());
    }
    REPRISE_RETURN_IF_ERROR(coder.Add(lines.row(), fields));
    ++table.rows;
  }
  if (table.rows == 0) return NoRowsError(file);
  if (table.rows > UINT32_MAX - 1) return RowWidthError({file}, table.rows, UINT32_MAX - 1);
  coder.Finish(table);
  return table;
}

}  // namespace reprise::extract::anonymisation
