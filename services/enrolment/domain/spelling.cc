// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/spelling.h"

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_format.h"

#include "services/platform/status.h"
#include "services/platform/time/clock.h"

namespace reprise::enrolment {
namespace {

// Names as letters, one element a letter, so that leaving one out is simple.
using Letters = std::u32string;
using Keys = std::set<std::string>;

// Shorter parts are whole names too often: Eva and Ava may be sisters.
constexpr size_t kShortestMistyped = 4;

// Words that people leave out, write apart or write together.
const Letters kParticles[] = {U"d",   U"de",  U"du",  U"des", U"l",  U"la", U"le", U"les",   U"van",
                              U"von", U"der", U"den", U"ter", U"da", U"di", U"do", U"dos",   U"das",
                              U"del", U"el",  U"al",  U"zu",  U"y",  U"e",  U"della"};

// Letters whose decomposition does not reach a basic one.
Letters Basic(char32_t c) {
  switch (c) {
    case U'œ': return U"oe";
    case U'æ': return U"ae";
    case U'ø': return U"o";
    case U'ł': return U"l";
    case U'đ':
    case U'ð': return U"d";
    case U'þ': return U"th";
    case U'ı': return U"i";
    default: return Letters(1, c);
  }
}

// The parts of a name, without case and marks.
std::vector<Letters> Parts(const std::string& name) {
  size_t size = 0;
  const std::unique_ptr<uint8_t, void (*)(void*)> folded(
      u8_casefold(reinterpret_cast<const uint8_t*>(name.data()), name.size(), nullptr, UNINORM_NFKD,
                  nullptr, &size),
      &std::free);
  std::vector<Letters> parts(1);
  const uint8_t* at = folded.get();
  for (size_t left = folded == nullptr ? 0 : size; left > 0;) {
    ucs4_t c = 0;
    const int taken = u8_mbtouc(&c, at, left);
    at += taken;
    left -= static_cast<size_t>(taken);
    if (uc_is_general_category(c, UC_CATEGORY_L)) {
      parts.back() += Basic(static_cast<char32_t>(c));
    } else if (!uc_is_general_category(c, UC_CATEGORY_M) && !parts.back().empty()) {
      parts.emplace_back();
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

std::vector<Letters> WithoutParticles(const std::vector<Letters>& parts) {
  std::vector<Letters> rest;
  std::remove_copy_if(parts.begin(), parts.end(), std::back_inserter(rest), [](const Letters& part) {
    return std::find(std::begin(kParticles), std::end(kParticles), part) != std::end(kParticles);
  });
  return rest.empty() ? parts : rest;  // Le is a name as well
}

Letters Together(const std::vector<Letters>& parts) {
  Letters all;
  for (const Letters& part : parts) all += part;
  return all;
}

std::string Key(const std::string& date, std::vector<Letters> parts) {
  std::sort(parts.begin(), parts.end());
  std::string key = date;
  for (const Letters& part : parts) {
    key += '|';
    for (const char32_t c : part) {
      uint8_t bytes[6];
      const int size = u8_uctomb(bytes, c, sizeof bytes);
      REPRISE_CHECK(size > 0);
      key.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
    }
  }
  return key;
}

// Every way in which the name may be split into parts.
std::vector<std::vector<Letters>> Splits(const Identity& identity) {
  std::vector<std::vector<Letters>> splits;
  const std::vector<Letters> given = Parts(identity.given_name);
  for (const std::string* const name : {&identity.birth_name, &identity.used_name}) {
    if (name->empty()) continue;
    const std::vector<Letters> family = Parts(*name);
    std::vector<Letters> apart = WithoutParticles(family);
    apart.insert(apart.end(), given.begin(), given.end());
    splits.push_back(std::move(apart));
    splits.push_back({Together(family), Together(given)});
  }
  return splits;
}

void AddMistyped(const std::string& date, const std::vector<Letters>& split, Keys& keys) {
  for (size_t i = 0; i < split.size(); ++i) {
    if (split[i].size() < kShortestMistyped) continue;
    for (size_t letter = 0; letter < split[i].size(); ++letter) {
      std::vector<Letters> mistyped = split;
      mistyped[i].erase(letter, 1);
      keys.insert(Key(date, std::move(mistyped)));
    }
  }
}

Keys SpellingSet(const Identity& identity) {
  const std::string date = FormatDate(identity.birth_date);
  Keys keys;
  for (const std::vector<Letters>& split : Splits(identity)) {
    keys.insert(Key(date, split));
    AddMistyped(date, split, keys);
  }
  return keys;
}

}  // namespace

std::vector<std::string> SpellingKeys(const Identity& identity) {
  const Keys keys = SpellingSet(identity);
  return {keys.begin(), keys.end()};
}

std::vector<std::string> SoughtKeys(const Identity& identity) {
  Keys keys = SpellingSet(identity);
  const absl::CivilDay born = identity.birth_date;
  if (born.day() <= 12) {
    const std::string exchanged = FormatDate(absl::CivilDay(born.year(), born.day(), born.month()));
    for (const std::vector<Letters>& split : Splits(identity)) keys.insert(Key(exchanged, split));
  }
  return {keys.begin(), keys.end()};
}

std::string BirthKey(const Identity& identity) {
  const auto [less, more] = std::minmax({identity.birth_date.day(), identity.birth_date.month()});
  return absl::StrFormat("%d/%d/%d", identity.birth_date.year(), less, more);
}

}  // namespace reprise::enrolment
