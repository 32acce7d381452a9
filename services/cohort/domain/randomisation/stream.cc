// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/stream.h"

#include <sodium.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/cohort/domain/randomisation/errors.h"
#include "services/platform/text/utf8.h"

namespace reprise::randomisation {
namespace {

constexpr size_t kMaxLabelBytes = 10'000;
constexpr uint8_t kUnitSeparator = 0x1F;
constexpr char kRecordSeparator = 0x1E;

}  // namespace

WordStream::WordStream(const Seed& seed, absl::string_view label) {
  crypto_auth_hmacsha256_init(&keyed_, seed.bytes().data(), seed.bytes().size());
  crypto_auth_hmacsha256_update(&keyed_, reinterpret_cast<const uint8_t*>(label.data()),
                                label.size());
  crypto_auth_hmacsha256_update(&keyed_, &kUnitSeparator, 1);
}

WordStream::~WordStream() { sodium_memzero(&keyed_, sizeof keyed_); }

void WordStream::Refill() {
  std::array<uint8_t, 8> counter{};
  for (int i = 0; i < 8; ++i) counter[i] = static_cast<uint8_t>(block_index_ >> (56 - 8 * i));
  crypto_auth_hmacsha256_state state = keyed_;
  crypto_auth_hmacsha256_update(&state, counter.data(), counter.size());
  crypto_auth_hmacsha256_final(&state, block_.data());
  sodium_memzero(&state, sizeof state);
  ++block_index_;
  at_ = 0;
}

uint32_t WordStream::Next() {
  if (at_ == 8) Refill();
  const uint8_t* word = block_.data() + 4 * at_++;
  return uint32_t{word[0]} << 24 | uint32_t{word[1]} << 16 | uint32_t{word[2]} << 8 | word[3];
}

uint32_t WordStream::Below(uint32_t m) {
  if (m <= 1) return 0;
  const uint64_t limit = (uint64_t{1} << 32) / m * m;
  uint32_t word = Next();
  while (word >= limit) word = Next();
  return word % m;
}

double LiveUniform(const Seed& seed, int64_t n) {
  WordStream words(seed, OwnLabel("live", absl::StrCat(n)));
  const uint64_t high = words.Next();
  const uint64_t low = words.Next();
  return static_cast<double>((high << 21) + (low >> 11)) / 9007199254740992.0;  // 2^53
}

absl::Status CheckLabel(absl::string_view label, absl::string_view path) {
  bool fine = !label.empty() && label.size() <= kMaxLabelBytes && text::CheckUtf8(label, path).ok();
  for (const char c : label) fine = fine && !absl::ascii_iscntrl(static_cast<unsigned char>(c));
  return fine ? absl::OkStatus() : LabelMalformed(path);
}

std::string OwnLabel(absl::string_view kind, absl::string_view name) {
  return absl::StrCat(kind, absl::string_view(&kRecordSeparator, 1), name);
}

}  // namespace reprise::randomisation
