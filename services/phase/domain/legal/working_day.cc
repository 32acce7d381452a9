// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/legal/working_day.h"

namespace reprise::legal {

absl::CivilDay EasterSunday(absl::civil_year_t year) {
  const absl::civil_year_t a = year % 19, b = year / 100, c = year % 100;
  const absl::civil_year_t d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const absl::civil_year_t h = (19 * a + b - d - g + 15) % 30;
  const absl::civil_year_t i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const absl::civil_year_t m = (a + 11 * h + 22 * l) / 451;
  const absl::civil_year_t n = h + l - 7 * m + 114;
  return absl::CivilDay(year, static_cast<int>(n / 31), static_cast<int>(n % 31) + 1);
}

bool IsHoliday(const RuleBook& book, absl::CivilDay day) {
  for (const auto& [month, date] : book.fixed_holidays) {
    if (day.month() == month && day.day() == date) return true;
  }
  const absl::CivilDay easter = EasterSunday(day.year());
  for (const int days : book.easter_holidays) {
    if (easter + days == day) return true;
  }
  return false;
}

int CountWorkingDays(const RuleBook& book, absl::CivilDay first, absl::CivilDay last,
                     bool saturday_counts) {
  int count = 0;
  for (absl::CivilDay day = first; day <= last; ++day) {
    const absl::Weekday weekday = absl::GetWeekday(day);
    if (weekday == absl::Weekday::sunday) continue;
    if (weekday == absl::Weekday::saturday && !saturday_counts) continue;
    if (!IsHoliday(book, day)) ++count;
  }
  return count;
}

}  // namespace reprise::legal
