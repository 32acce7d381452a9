// SPDX-License-Identifier: Apache-2.0
// The macros with which functions that return absl::Status or StatusOr call each other, and the
// check for what only a defect of ours can break.
//   REPRISE_ASSIGN_OR_RETURN(const Instrument instrument, LoadInstrument(tx, id));
#ifndef REPRISE_PLATFORM_STATUS_H_
#define REPRISE_PLATFORM_STATUS_H_

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define REPRISE_STATUS_CONCAT_INNER(a, b) a##b
#define REPRISE_STATUS_CONCAT(a, b) REPRISE_STATUS_CONCAT_INNER(a, b)

#define REPRISE_RETURN_IF_ERROR(expression)                   \
  do {                                                        \
    if (absl::Status reprise_status = (expression); !reprise_status.ok()) return reprise_status; \
  } while (false)

#define REPRISE_ASSIGN_OR_RETURN(target, expression) \
  REPRISE_ASSIGN_OR_RETURN_INNER(REPRISE_STATUS_CONCAT(reprise_or_, __LINE__), target, expression)
#define REPRISE_ASSIGN_OR_RETURN_INNER(or_value, target, expression) \
  auto or_value = (expression);                                      \
  if (!or_value.ok()) return std::move(or_value).status();           \
  target = *std::move(or_value)

// Ends the process: for broken invariants of our own, never for what a caller can cause.
#define REPRISE_CHECK(condition)                                                              \
  do {                                                                                        \
    if (!(condition)) {                                                                       \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition);      \
      std::abort();                                                                           \
    }                                                                                         \
  } while (false)

#endif  // REPRISE_PLATFORM_STATUS_H_
