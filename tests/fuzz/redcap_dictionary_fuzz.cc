// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes: an error with a place, or an instrument whose remaining faults the report
// refuses, and which can be written in every format.
#include <cstddef>
#include <cstdint>

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/questionnaire/domain/exchange/fhir.h"
#include "services/questionnaire/domain/exchange/redcap.h"
#include "services/questionnaire/domain/instrument/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace exchange = reprise::exchange;
  const auto made = exchange::ImportRedcap({reinterpret_cast<const char*>(data), size}, "f", {});
  if (!made.ok()) {
    const auto detail = reprise::error::DetailOf(made.status());
    REPRISE_CHECK(!detail.violations.empty() && detail.violations[0].path.rfind("f:", 0) == 0);
    return 0;
  }
  for (const auto& problem : reprise::instrument::CheckInstrument(made->instrument)) {
    REPRISE_CHECK(problem.severity != reprise::instrument::Severity::kError);
  }
  REPRISE_CHECK(exchange::ExportRedcap(made->instrument, "").ok());
  exchange::ExportFhir(made->instrument);
  return 0;
}
