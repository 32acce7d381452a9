// SPDX-License-Identifier: Apache-2.0
// Tuples packed into a few 64-bit words so that generalising is one AND: each value is written as
// the path of child numbers from the top of its hierarchy, coarsest digit highest. Two tuples agree
// at a level when their masked keys are equal, and the highest bit in which they differ tells where
// the paths part, so the lowest common group of any set is found from the OR of differences.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_KEYS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_KEYS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "absl/numeric/bits.h"
#include "absl/status/statusor.h"

#include "services/extract/domain/anonymisation/records.h"

namespace reprise::extract::anonymisation {

inline constexpr int kMostWords = 4;
inline constexpr int kMostAttributes = 64;

template <int W>
struct Key {
  std::array<uint64_t, W> word{};

  friend Key operator&(Key x, const Key& y) {
    for (int i = 0; i < W; ++i) x.word[i] &= y.word[i];
    return x;
  }
  friend Key operator|(Key x, const Key& y) {
    for (int i = 0; i < W; ++i) x.word[i] |= y.word[i];
    return x;
  }
  friend Key operator^(Key x, const Key& y) {
    for (int i = 0; i < W; ++i) x.word[i] ^= y.word[i];
    return x;
  }
  // Word by word: the array's own comparison calls memcmp, which costs more than all the rest.
  friend bool operator==(const Key& x, const Key& y) {
    uint64_t difference = 0;
    for (int i = 0; i < W; ++i) difference |= x.word[i] ^ y.word[i];
    return difference == 0;
  }
  friend bool operator<(const Key& x, const Key& y) {
    for (int i = 0; i < W; ++i) {
      if (x.word[i] != y.word[i]) return x.word[i] < y.word[i];
    }
    return false;
  }

  uint64_t Hash() const {
    uint64_t hash = word[0];
    for (int i = 1; i < W; ++i) hash = (hash ^ (hash >> 31)) * 0x9E3779B97F4A7C15u + word[i];
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 32);
  }
};

// For each attribute (order of Records) the hierarchy levels in use, ascending, ending in the top:
// all levels, or {base, top} for cell suppression. A place in this list is a rung.
using Ladders = std::vector<std::vector<int>>;
Ladders FullLadders(const Records& records);

struct KeyField {
  int word = 0;
  int shift = 0;
  int bits = 0;
  std::vector<int> level;                   // [rung]
  std::vector<uint64_t> mask;               // [rung], in place; 0 at the top
  std::vector<uint64_t> digits;             // [value], in place
  std::array<uint8_t, 65> rung_of_width{};  // bit width of a difference -> lowest common rung
  std::vector<double> loss;                 // [rung << bits | field value], of the label there
  int rungs() const { return static_cast<int>(level.size()); }
  uint64_t Read(uint64_t in_word) const {
    return bits == 0 ? 0 : (in_word >> shift) & ((uint64_t{1} << bits) - 1);
  }
};

struct KeySpace {
  std::vector<KeyField> fields;  // one an attribute
  int words = 1;
  // Where the joint sensitive value of a tuple stands beside its path, if asked for.
  int sensitive_word = 0;
  int sensitive_shift = 0;
  uint64_t sensitive_mask = 0;
};

// FAILED_PRECONDITION METHOD_UNSUITED: more than kMostAttributes attributes, a hierarchy of more
// than 2^22 values, or paths that do not fit. `joint_sensitives` is the number of joint sensitive
// values to leave room for, 0 for none.
absl::StatusOr<KeySpace> MakeKeySpace(const Records& records, const Ladders& ladders,
                                      uint32_t joint_sensitives);

// Keys of all tuples; `joint` (tuple -> joint sensitive value) is empty where there is no room for
// it.
template <int W>
std::vector<Key<W>> PackKeys(const KeySpace& space, const Records& records,
                             const std::vector<uint32_t>& joint) {
  std::vector<Key<W>> keys(records.tuples());
  for (size_t a = 0; a < space.fields.size(); ++a) {
    const KeyField& field = space.fields[a];
    for (size_t t = 0; t < keys.size(); ++t)
      keys[t].word[field.word] |= field.digits[records.value[a][t]];
  }
  for (size_t t = 0; t < joint.size(); ++t) {
    keys[t].word[space.sensitive_word] |= uint64_t{joint[t]} << space.sensitive_shift;
  }
  return keys;
}

// Rung at which everything within `difference` (an OR of key differences) is one group.
template <int W>
int CommonRung(const KeyField& field, const Key<W>& difference) {
  return field.rung_of_width[absl::bit_width(field.Read(difference.word[field.word]))];
}

// Calls `body` with the smallest supported width that holds `words`, as an integral constant.
template <typename Body>
auto WithWords(int words, Body&& body) {
  if (words <= 1) return body(std::integral_constant<int, 1>{});
  if (words <= 2) return body(std::integral_constant<int, 2>{});
  return body(std::integral_constant<int, kMostWords>{});
}

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_KEYS_H_
