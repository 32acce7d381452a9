// SPDX-License-Identifier: Apache-2.0
// One JSON object a line on stderr. Only what the caller passes as fields is written, and nobody
// passes personal data: ids, codes, reasons, durations. Thread-safe.
#ifndef REPRISE_PLATFORM_LOG_LOG_H_
#define REPRISE_PLATFORM_LOG_LOG_H_

#include <initializer_list>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace reprise::log {

using Field = std::pair<absl::string_view, std::string>;

void Info(absl::string_view message, std::initializer_list<Field> fields = {});
void Error(absl::string_view message, std::initializer_list<Field> fields = {});

}  // namespace reprise::log

#endif  // REPRISE_PLATFORM_LOG_LOG_H_
