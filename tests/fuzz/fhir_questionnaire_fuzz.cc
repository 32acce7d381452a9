// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes: an error with a place, or an instrument whose remaining faults the report
// refuses; without faults its export can be read again.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/questionnaire/domain/exchange/fhir.h"
#include "services/questionnaire/domain/instrument/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace exchange = reprise::exchange;
  const auto made = exchange::ImportFhir({reinterpret_cast<const char*>(data), size}, "f", {});
  if (!made.ok()) {
    const auto detail = reprise::error::DetailOf(made.status());
    REPRISE_CHECK(!detail.violations.empty() && detail.violations[0].path.rfind("f:", 0) == 0);
    return 0;
  }
  const auto problems = reprise::instrument::CheckInstrument(made->instrument);
  const bool faulty = std::any_of(problems.begin(), problems.end(), [](const auto& problem) {
    return problem.severity == reprise::instrument::Severity::kError;
  });
  if (faulty) {
    REPRISE_CHECK(made->report.Count(exchange::Verdict::kRefused) > 0);
    return 0;
  }
  REPRISE_CHECK(exchange::ImportFhir(exchange::ExportFhir(made->instrument).json, "g", {}).ok());
  return 0;
}
