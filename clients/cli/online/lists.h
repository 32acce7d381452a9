// SPDX-License-Identifier: Apache-2.0
// Small parts that several list and period verbs share: instants on the wire, and --limit.
#ifndef REPRISE_CLI_ONLINE_LISTS_H_
#define REPRISE_CLI_ONLINE_LISTS_H_

#include <google/protobuf/timestamp.pb.h>

#include <iostream>
#include <string>

#include "clients/cli/cli.h"
#include "clients/cli/online/arguments.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::cli {

// ParseInstant in this computer's time zone.
inline absl::StatusOr<google::protobuf::Timestamp> InstantOf(const std::string& text,
                                                             const std::string& path) {
  REPRISE_ASSIGN_OR_RETURN(const absl::Time time, ParseInstant(text, path, absl::LocalTimeZone()));
  return convert::ToProto(time);
}

// As tables show it.
inline std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

inline void AddLimit(CLI::App* verb, int& limit) {
  verb->add_option("--limit", limit, "At most so many rows; left out: all")
      ->check(CLI::Range(1, 1000000000));
}

inline void SayMore(bool more, int limit) {
  if (more) std::cerr << "The first " << limit << "; there are more.\n";
}

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_LISTS_H_
