// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/values.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/platform/time/clock.h"

namespace reprise::instrument {
namespace {

std::optional<double> DaysOf(absl::string_view text, const char* rest) {
  const auto day = ParseDate(absl::StrCat(text, rest), "date");
  if (!day.ok()) return std::nullopt;
  return static_cast<double>(*day - absl::CivilDay(1970, 1, 1));
}

std::optional<double> MinutesOf(absl::string_view text) {
  constexpr size_t kForm = 5;  // HH:MM
  if (text.size() != kForm || text[2] != ':') return std::nullopt;
  for (const size_t at : {0, 1, 3, 4}) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(text[at]))) return std::nullopt;
  }
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  return hours * 60 + minutes;
}

}  // namespace

bool IsOrdered(ItemType type) {
  switch (type) {
    case ItemType::kInteger:
    case ItemType::kDecimal:
    case ItemType::kScale:
    case ItemType::kComputed:
    case ItemType::kDate:
    case ItemType::kPartialDate:
    case ItemType::kTime: return true;
    default: return false;
  }
}

std::optional<double> OrdinalOf(ItemType type, absl::string_view answer) {
  switch (type) {
    case ItemType::kDate: return DaysOf(answer, "");
    case ItemType::kPartialDate:
      if (answer.size() == 4) return DaysOf(answer, "-01-01");
      if (answer.size() == 7) return DaysOf(answer, "-01");
      return DaysOf(answer, "");
    case ItemType::kTime: return MinutesOf(answer);
    default: break;
  }
  const auto number = text::ParseDouble(answer, "number");
  if (!number.ok()) return std::nullopt;
  if (type == ItemType::kInteger && std::trunc(*number) != *number) return std::nullopt;
  return *number;
}

const char* FormOf(ItemType type) {
  switch (type) {
    case ItemType::kInteger: return "a whole number";
    case ItemType::kDate: return "a date YYYY-MM-DD";
    case ItemType::kPartialDate: return "a date YYYY, YYYY-MM or YYYY-MM-DD";
    case ItemType::kTime: return "a time HH:MM";
    case ItemType::kText: return "a text";
    default: return "a number";
  }
}

std::optional<double> ValueOf(const Choice& choice) {
  if (choice.missing != MissingKind::kNone) return std::nullopt;
  if (choice.value) return choice.value;
  const auto number = text::ParseDouble(choice.code, "code");
  if (!number.ok()) return std::nullopt;
  return *number;
}

std::optional<Bounds> BoundsOf(const Instrument& instrument, const Item& item) {
  std::optional<Bounds> bounds;
  if (item.type == ItemType::kSingleChoice || item.type == ItemType::kMatrix) {
    for (const Choice& choice : ChoicesOf(instrument, item)) {
      const std::optional<double> value = ValueOf(choice);
      if (!value) continue;
      if (!bounds) bounds = Bounds{*value, *value};
      bounds = Bounds{std::min(bounds->low, *value), std::max(bounds->high, *value)};
    }
    return bounds;
  }
  if (item.type == ItemType::kScale) {
    if (item.scale.min && item.scale.max) bounds = Bounds{*item.scale.min, *item.scale.max};
    return bounds;
  }
  const auto low = OrdinalOf(item.type, item.hard.min), high = OrdinalOf(item.type, item.hard.max);
  if (low && high) bounds = Bounds{*low, *high};
  return bounds;
}

}  // namespace reprise::instrument
