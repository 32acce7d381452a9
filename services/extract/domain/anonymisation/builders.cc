// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/builders.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::extract::anonymisation {
namespace {

void SortUnique(std::vector<std::string>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// Largest multiple of `width` away from `origin` that is not above `value`.
int64_t FloorTo(int64_t value, int64_t origin, int64_t width) {
  const int64_t offset = (value - origin) % width;
  return value - (offset < 0 ? offset + width : offset);
}

absl::Status CheckSteps(absl::string_view attribute, const IntervalSteps& steps) {
  constexpr int64_t kMost = int64_t{1} << 40;
  int64_t before = 1;
  for (const int64_t width : steps.widths) {
    if (width <= before || width % before != 0 || width > kMost) {
      return HierarchyStepsError(attribute,
                                 "Each interval width must be a multiple of the one before.");
    }
    before = width;
  }
  if (steps.widths.empty() || std::abs(steps.origin) > kMost) {
    return HierarchyStepsError(attribute,
                               "At least one interval width and an origin near 0 are required.");
  }
  for (const int64_t bound : {steps.bottom, steps.top}) {
    if (bound == INT64_MIN || bound == INT64_MAX) continue;
    if (std::abs(bound) > kMost || FloorTo(bound, steps.origin, before) != bound) {
      return HierarchyStepsError(attribute,
                                 "The open ends must lie on a boundary of the widest interval.");
    }
  }
  if (steps.bottom >= steps.top)
    return HierarchyStepsError(attribute, "The open ends must not meet.");
  return absl::OkStatus();
}

std::string IntervalLabel(int64_t value, int64_t width, const IntervalSteps& steps) {
  if (value < steps.bottom) return absl::StrCat("<", steps.bottom);
  if (value >= steps.top) return absl::StrCat(">=", steps.top);
  const int64_t low = FloorTo(value, steps.origin, width);
  return absl::StrCat(low, "-", low + width - 1);
}

// "YYYY-MM" or "YYYY-MM-DD"; false for anything else.
bool ParseCalendar(const std::string& text, int& year, int& month) {
  const bool day = text.size() == 10;
  if (text.size() != 7 && !day) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash != (text[i] == '-') || (!dash && (text[i] < '0' || text[i] > '9'))) return false;
  }
  int of_month = 1;
  if (!absl::SimpleAtoi(text.substr(0, 4), &year) || !absl::SimpleAtoi(text.substr(5, 2), &month))
    return false;
  if (day && !absl::SimpleAtoi(text.substr(8, 2), &of_month)) return false;
  const absl::CivilDay civil(year, month, of_month);
  return civil.month() == month && civil.day() == of_month;
}

std::string PeriodLabel(int year, int month, Period period) {
  switch (period) {
    case Period::kMonth:
      return absl::StrFormat("%04d-%02d", year, month);
    case Period::kQuarter:
      return absl::StrFormat("%04d-Q%d", year, (month + 2) / 3);
    case Period::kHalf:
      return absl::StrFormat("%04d-H%d", year, (month + 5) / 6);
    case Period::kYear:
      return absl::StrFormat("%04d", year);
  }
  return "";
}

absl::StatusOr<Hierarchy> Finish(absl::string_view attribute,
                                 std::vector<std::vector<std::string>> columns) {
  columns.emplace_back(columns[0].size(), kSuppressed);
  return MakeHierarchy(attribute, attribute, columns);
}

}  // namespace

absl::StatusOr<Hierarchy> BuildIntervals(absl::string_view attribute,
                                         std::vector<std::string> values,
                                         const IntervalSteps& steps) {
  REPRISE_RETURN_IF_ERROR(CheckSteps(attribute, steps));
  std::vector<std::pair<int64_t, std::string>> numbers;
  SortUnique(values);
  for (const std::string& value : values) {
    const absl::StatusOr<int64_t> number = text::ParseInt(value, attribute);
    if (!number.ok() || std::abs(*number) > (int64_t{1} << 40)) {
      return HierarchyStepsError(attribute, "Only whole numbers can be put into intervals.");
    }
    numbers.push_back({*number, value});
  }
  if (numbers.empty()) return HierarchyStepsError(attribute, "There are no values.");
  std::sort(numbers.begin(), numbers.end());
  std::vector<std::vector<std::string>> columns(1 + steps.widths.size());
  for (const auto& [number, value] : numbers) {
    columns[0].push_back(value);
    for (size_t level = 0; level < steps.widths.size(); ++level) {
      columns[level + 1].push_back(IntervalLabel(number, steps.widths[level], steps));
    }
  }
  return Finish(attribute, std::move(columns));
}

absl::StatusOr<Hierarchy> BuildDates(absl::string_view attribute, std::vector<std::string> values,
                                     const std::vector<Period>& periods) {
  SortUnique(values);
  if (values.empty() || periods.empty())
    return HierarchyStepsError(attribute, "Values and periods are required.");
  if (std::adjacent_find(periods.begin(), periods.end(), std::greater_equal<>()) != periods.end()) {
    return HierarchyStepsError(attribute, "The periods must ascend.");
  }
  std::vector<std::vector<std::string>> columns(1 + periods.size());
  for (const std::string& value : values) {
    int year = 0, month = 0;
    if (!ParseCalendar(value, year, month) || value.size() != values[0].size()) {
      return HierarchyStepsError(
          attribute, "All values must be YYYY-MM or all YYYY-MM-DD, and be in the calendar.");
    }
    if (value.size() == 7 && periods[0] == Period::kMonth) {
      return HierarchyStepsError(attribute, "The values are months already.");
    }
    columns[0].push_back(value);
    for (size_t level = 0; level < periods.size(); ++level) {
      columns[level + 1].push_back(PeriodLabel(year, month, periods[level]));
    }
  }
  return Finish(attribute, std::move(columns));
}

absl::StatusOr<Hierarchy> BuildPrefixes(absl::string_view attribute,
                                        std::vector<std::string> values,
                                        const std::vector<int>& lengths) {
  SortUnique(values);
  if (values.empty() || lengths.empty())
    return HierarchyStepsError(attribute, "Values and lengths are required.");
  if (std::adjacent_find(lengths.begin(), lengths.end(), std::less_equal<>()) != lengths.end() ||
      lengths.back() < 1) {
    return HierarchyStepsError(attribute, "The lengths must descend and be at least 1.");
  }
  std::vector<std::vector<std::string>> columns(1 + lengths.size());
  for (const std::string& value : values) {
    const bool ascii = std::all_of(value.begin(), value.end(),
                                   [](char c) { return static_cast<signed char>(c) > 0; });
    if (!ascii || value.size() != values[0].size() ||
        value.size() <= static_cast<size_t>(lengths[0])) {
      return HierarchyStepsError(
          attribute, "The values must be ASCII, equally long and longer than every prefix.");
    }
    columns[0].push_back(value);
    for (size_t level = 0; level < lengths.size(); ++level) {
      const size_t kept = static_cast<size_t>(lengths[level]);
      columns[level + 1].push_back(
          absl::StrCat(value.substr(0, kept), std::string(value.size() - kept, '*')));
    }
  }
  return Finish(attribute, std::move(columns));
}

}  // namespace reprise::extract::anonymisation
