// SPDX-License-Identifier: Apache-2.0
// RTW-RAND-1: the reproducible streams from which real allocations are drawn. Block i of a stream
// is HMAC-SHA256(seed, label, 0x1F, big-endian 64-bit i), read as eight big-endian 32-bit words.
// The same seed and label give the same words on every platform.
//   WordStream words(seed, "CENTRE=1|AGE=<50");  uint32_t die = words.Below(6);
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_STREAM_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_STREAM_H_

#include <sodium/crypto_auth_hmacsha256.h>

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "services/cohort/domain/randomisation/seed.h"

namespace reprise::randomisation {

class WordStream {
 public:
  WordStream(const Seed& seed, absl::string_view label);
  WordStream(const WordStream&) = default;
  WordStream& operator=(const WordStream&) = default;
  ~WordStream();

  uint32_t Next();
  // Uniform on 0 .. m-1 by rejection; consumes nothing where m is 1. Requires m >= 1.
  uint32_t Below(uint32_t m);

 private:
  void Refill();

  crypto_auth_hmacsha256_state keyed_;  // after key, label and 0x1F; copied for each block
  std::array<uint8_t, 32> block_{};
  uint64_t block_index_ = 0;
  int at_ = 8;
};

// Fisher-Yates downwards: for i = n-1 .. 1, swap i with Below(i + 1).
template <typename Source, typename T>
void Shuffle(Source& source, absl::Span<T> values) {
  for (size_t i = values.size(); i-- > 1;) {
    std::swap(values[i], values[source.Below(static_cast<uint32_t>(i + 1))]);
  }
}

// The uniform in [0, 1) of the n-th live allocation, n >= 1: 53 bits of the first two words of the
// stream "live" 0x1E n.
double LiveUniform(const Seed& seed, int64_t n);

// A stratum's label as callers may give it: 1 to 10000 bytes of UTF-8 without control characters,
// so that it can never be one of our own streams ("live" 0x1E n). Otherwise INVALID_ARGUMENT
// LABEL_MALFORMED naming `path`.
absl::Status CheckLabel(absl::string_view label, absl::string_view path);

// Label of a stream of our own, apart from every stratum's: `kind` 0x1E `name`.
std::string OwnLabel(absl::string_view kind, absl::string_view name);

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_STREAM_H_
