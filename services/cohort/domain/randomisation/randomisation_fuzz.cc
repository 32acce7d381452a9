// SPDX-License-Identifier: Apache-2.0
// Foreign text into the log's verification and the design's reading: never a crash, and whatever
// design is accepted must be read back from its own text.
#include <cstdlib>

#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/replay.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  namespace rnd = reprise::randomisation;
  const absl::string_view text(reinterpret_cast<const char*>(bytes), size);
  const rnd::Seed seed(std::array<uint8_t, rnd::Seed::kBytes>{});
  (void)rnd::VerifyLog(seed, text);
  const auto design = rnd::ParseDesign(text);
  if (!design.ok()) return 0;
  const auto again = rnd::ParseDesign(rnd::DesignText(*design));
  if (!again.ok() || rnd::DesignText(*again) != rnd::DesignText(*design)) std::abort();
  return 0;
}
