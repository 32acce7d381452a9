// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/delimited.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

#include "services/extract/domain/risk/errors.h"
#include "services/platform/status.h"
#include "services/platform/text/utf8.h"

namespace reprise::extract::risk {

RecordReader::RecordReader(absl::string_view bytes, std::string file, char delimiter)
    : bytes_(bytes), file_(std::move(file)), delimiter_(delimiter) {}

absl::Status RecordReader::CheckEncoding() {
  if (bytes_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
  return text::CheckUtf8(bytes_, file_);
}

int RecordReader::Column(absl::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  return found == header_.end() ? -1 : static_cast<int>(found - header_.begin());
}

absl::Status RecordReader::ReadHeader() {
  REPRISE_ASSIGN_OR_RETURN(const bool found, Next());
  if (!found) return DataInvalid("DATA_EMPTY", file_, 1, "The file has no header row.");
  absl::flat_hash_set<absl::string_view> seen;
  for (size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].empty()) {
      return DataInvalid("DATA_COLUMN_UNNAMED", file_, 1,
                         absl::StrCat("Column ", i + 1, " has no name."));
    }
    if (!seen.insert(fields_[i]).second) {
      return DataInvalid("DATA_COLUMN_DUPLICATE", file_, 1,
                         absl::StrCat("Column ", i + 1, " repeats the name '", fields_[i], "'."));
    }
  }
  for (const absl::string_view name : fields_) header_.emplace_back(name);
  return absl::OkStatus();
}

absl::Status RecordReader::ReadQuoted() {
  const size_t start = ++at_;
  std::string* copy = nullptr;
  size_t from = start;
  while (true) {
    const size_t quote = bytes_.find('"', at_);
    if (quote == absl::string_view::npos) {
      return DataInvalid("DATA_MALFORMED", file_, row_, "The file ends inside a quoted field.");
    }
    at_ = quote + 1;
    if (at_ >= bytes_.size() || bytes_[at_] != '"') {
      const absl::string_view rest = bytes_.substr(from, quote - from);
      if (copy == nullptr) {
        fields_.push_back(rest);
      } else {
        copy->append(rest.data(), rest.size());
        fields_.push_back(*copy);
      }
      break;
    }
    if (copy == nullptr) copy = &unescaped_.emplace_back();
    copy->append(bytes_.data() + from, quote + 1 - from);
    from = ++at_;
  }
  const char after = at_ < bytes_.size() ? bytes_[at_] : '\n';
  if (after == delimiter_ || after == '\n' || after == '\r') return absl::OkStatus();
  return DataInvalid("DATA_MALFORMED", file_, row_,
                     absl::StrCat("Column ", fields_.size(), " goes on after its closing quote."));
}

void RecordReader::ReadPlain() {
  const size_t start = at_;
  while (at_ < bytes_.size()) {
    const char byte = bytes_[at_];
    if (byte == delimiter_ || byte == '\n' || byte == '\r') break;
    ++at_;
  }
  fields_.push_back(bytes_.substr(start, at_ - start));
}

bool RecordReader::EndOfRecord() {
  if (at_ >= bytes_.size()) return true;
  if (bytes_[at_] == delimiter_) {
    ++at_;
    return false;
  }
  if (bytes_[at_] == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') ++at_;
  ++at_;
  return true;
}

absl::StatusOr<bool> RecordReader::Next() {
  while (at_ < bytes_.size() && (bytes_[at_] == '\n' || bytes_[at_] == '\r')) ++at_;
  if (at_ >= bytes_.size()) return false;
  ++row_;
  fields_.clear();
  unescaped_.clear();
  do {
    if (at_ < bytes_.size() && bytes_[at_] == '"') {
      REPRISE_RETURN_IF_ERROR(ReadQuoted());
    } else {
      ReadPlain();
      if (fields_.back().find('"') != absl::string_view::npos) {
        return DataInvalid("DATA_MALFORMED", file_, row_,
                           absl::StrCat("Column ", fields_.size(), " holds a stray quote."));
      }
    }
  } while (!EndOfRecord());
  if (!header_.empty() && fields_.size() != header_.size()) {
    return DataInvalid(
        "DATA_ROW_WIDTH", file_, row_,
        absl::StrCat("The row has ", fields_.size(), " fields, the header ", header_.size(), "."));
  }
  return true;
}

}  // namespace reprise::extract::risk
