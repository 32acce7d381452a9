// SPDX-License-Identifier: Apache-2.0
#include "services/platform/convert/wire_time.h"

#include "services/platform/error/error.h"

namespace reprise::convert {
namespace {

constexpr int64_t kFirstSecond = -62135596800;  // 0001-01-01
constexpr int64_t kLastSecond = 253402300799;   // 9999-12-31

}  // namespace

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp wire;
  const int64_t seconds = absl::ToUnixSeconds(time);
  wire.set_seconds(seconds);
  wire.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return wire;
}

absl::StatusOr<absl::Time> FromProto(const google::protobuf::Timestamp& time,
                                     absl::string_view path) {
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond || time.nanos() < 0 ||
      time.nanos() > 999999999) {
    return error::InvalidField(path, "TIME_INVALID", "An instant of the years 1 to 9999 is required.");
  }
  return absl::FromUnixSeconds(time.seconds()) + absl::Microseconds(time.nanos() / 1000);
}

google::type::Date ToProto(absl::CivilDay day) {
  google::type::Date wire;
  wire.set_year(static_cast<int32_t>(day.year()));
  wire.set_month(day.month());
  wire.set_day(day.day());
  return wire;
}

absl::StatusOr<absl::CivilDay> FromProto(const google::type::Date& date, absl::string_view path) {
  const absl::CivilDay day(date.year(), date.month(), date.day());
  if (date.year() < 1 || date.year() > 9999 || day.year() != date.year() ||
      day.month() != date.month() || day.day() != date.day()) {
    return error::InvalidField(path, "DATE_INVALID", "A whole calendar date is required.");
  }
  return day;
}

}  // namespace reprise::convert
