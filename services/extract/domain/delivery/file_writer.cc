// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/file_writer.h"

#include <array>

#include "services/platform/status.h"
#include "services/platform/text/csv.h"

namespace reprise::extract {
namespace {

constexpr size_t kPieceBytes = size_t{64} << 10;

}  // namespace

void FileWriter::Begin(const std::string& file) {
  now_ = FileRecord{.name = file, .rows = 0, .bytes = 0, .sha256 = {}};
  pending_.clear();
  crypto_hash_sha256_init(&hash_);
}

absl::Status FileWriter::Header(absl::Span<const std::string> fields) {
  return Text(text::FormatCsvRow(fields));
}

absl::Status FileWriter::Row(absl::Span<const std::string> fields) {
  ++now_.rows;
  return Text(text::FormatCsvRow(fields));
}

absl::Status FileWriter::Text(absl::string_view text) {
  pending_.append(text.data(), text.size());
  while (pending_.size() > kPieceBytes) {
    std::string rest = pending_.substr(kPieceBytes);
    pending_.resize(kPieceBytes);
    REPRISE_RETURN_IF_ERROR(Send(false));
    pending_ = std::move(rest);
  }
  return absl::OkStatus();
}

absl::Status FileWriter::Send(bool last) {
  now_.bytes += static_cast<int64_t>(pending_.size());
  crypto_hash_sha256_update(&hash_, reinterpret_cast<const unsigned char*>(pending_.data()), pending_.size());
  return sink_(now_.name, std::move(pending_), last);
}

absl::Status FileWriter::End() {
  REPRISE_RETURN_IF_ERROR(Send(true));
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256_final(&hash_, digest.data());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  now_.sha256 = hex.data();
  records_.push_back(now_);
  return absl::OkStatus();
}

}  // namespace reprise::extract
