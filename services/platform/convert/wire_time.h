// SPDX-License-Identifier: Apache-2.0
// Instants and calendar days between protobuf and our types, for the services' convert.cc.
#ifndef REPRISE_PLATFORM_CONVERT_WIRE_TIME_H_
#define REPRISE_PLATFORM_CONVERT_WIRE_TIME_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"

namespace reprise::convert {

google::protobuf::Timestamp ToProto(absl::Time time);
// To the microsecond, which is what is stored. INVALID_ARGUMENT TIME_INVALID for `path` outside
// 0001-01-01 to 9999-12-31.
absl::StatusOr<absl::Time> FromProto(const google::protobuf::Timestamp& time,
                                     absl::string_view path);

google::type::Date ToProto(absl::CivilDay day);
// A whole date. INVALID_ARGUMENT DATE_INVALID for `path`.
absl::StatusOr<absl::CivilDay> FromProto(const google::type::Date& date, absl::string_view path);

}  // namespace reprise::convert

#endif  // REPRISE_PLATFORM_CONVERT_WIRE_TIME_H_
