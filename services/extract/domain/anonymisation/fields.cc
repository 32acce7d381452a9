// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/fields.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "services/extract/domain/anonymisation/errors.h"
#include "services/platform/status.h"
#include "services/platform/text/utf8.h"

namespace reprise::extract::anonymisation {
namespace {

bool IsAscii(absl::string_view bytes) {
  uint64_t high = 0;
  size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    high |= word;
  }
  for (; i < bytes.size(); ++i) high |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i]));
  return (high & 0x8080808080808080u) == 0;
}

// First `wanted` in [at, end), or end. Eight bytes at a time: fields are short, and a call of
// memchr for each costs more.
inline const char* Find(const char* at, const char* end, char wanted) {
  constexpr uint64_t kOnes = 0x0101010101010101u;
  const uint64_t pattern = kOnes * static_cast<unsigned char>(wanted);
  for (; end - at >= 8; at += 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    word ^= pattern;  // a byte 0 where `wanted` stands
    const uint64_t zero = (word - kOnes) & ~word & (kOnes << 7);
    // The lowest byte marked is right, whatever borrows do above it.
    if (zero != 0 && std::endian::native == std::endian::little)
      return at + std::countr_zero(zero) / 8;
    if (zero != 0) break;
  }
  while (at != end && *at != wanted) ++at;
  return at;
}

}  // namespace

absl::StatusOr<absl::string_view> CheckedText(absl::string_view bytes, absl::string_view file) {
  if (!IsAscii(bytes)) {
    REPRISE_RETURN_IF_ERROR(text::CheckUtf8(bytes, file));
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  }
  if (bytes.find_first_not_of("\r\n") == absl::string_view::npos) return FileEmptyError(file);
  return bytes;
}

bool LineReader::NextLine() {
  while (!rest_.empty()) {
    ++row_;
    const void* end = std::memchr(rest_.data(), '\n', rest_.size());
    const size_t length =
        end == nullptr ? rest_.size() : static_cast<const char*>(end) - rest_.data();
    line_ = rest_.substr(0, length);
    rest_.remove_prefix(end == nullptr ? length : length + 1);
    if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
    if (!line_.empty()) return true;
  }
  return false;
}

bool LineReader::Next(std::vector<absl::string_view>& fields) {
  if (!NextLine()) {
    fields.clear();
    return false;
  }
  // Most lines have as many fields as the one before: these are overwritten in place.
  size_t count = 0;
  const char* begin = line_.data();
  const char* const end = begin + line_.size();
  for (const char* to = nullptr; to != end; begin = to + 1) {
    to = Find(begin, end, delimiter_);
    if (count == fields.size()) fields.emplace_back();
    fields[count++] = absl::string_view(begin, static_cast<size_t>(to - begin));
  }
  fields.resize(count);
  return true;
}

size_t QuotedColumn(const std::vector<absl::string_view>& fields) {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].empty() && fields[i].front() == '"') return i + 1;
  }
  return 0;
}

}  // namespace reprise::extract::anonymisation
