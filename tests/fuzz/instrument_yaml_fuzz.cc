// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes: faults with a place, or an instrument that its written form gives again.
#include <cstddef>
#include <cstdint>

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/questionnaire/domain/instrument/read.h"
#include "services/questionnaire/domain/instrument/wording.h"
#include "services/questionnaire/domain/instrument/write.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace instrument = reprise::instrument;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto loaded = instrument::LoadInstrument(bytes, "f");
  if (!loaded.ok()) {
    const auto detail = reprise::error::DetailOf(loaded.status());
    REPRISE_CHECK(!detail.violations.empty() && detail.violations[0].path.rfind("f:", 0) == 0);
  } else {
    const auto back = instrument::LoadInstrument(instrument::WriteYaml(*loaded), "g");
    REPRISE_CHECK(back.ok() && *back == *loaded);
  }
  (void)instrument::ReadWording(bytes, "f");
  return 0;
}
