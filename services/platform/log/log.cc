// SPDX-License-Identifier: Apache-2.0
#include "services/platform/log/log.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace reprise::log {
namespace {

void Write(const char* level, absl::string_view message, std::initializer_list<Field> fields) {
  nlohmann::ordered_json line;
  line["time"] = absl::FormatTime(absl::RFC3339_full, absl::Now(), absl::UTCTimeZone());
  line["level"] = level;
  line["message"] = std::string(message);
  for (const auto& [key, value] : fields) line[std::string(key)] = value;
  const std::string text =
      line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  // One write a line, so that lines of several threads never mix.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

void Info(absl::string_view message, std::initializer_list<Field> fields) {
  Write("info", message, fields);
}
void Error(absl::string_view message, std::initializer_list<Field> fields) {
  Write("error", message, fields);
}

}  // namespace reprise::log
