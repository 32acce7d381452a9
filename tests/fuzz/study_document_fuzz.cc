// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes: faults with a place, or a document that its JSON gives again without a difference.
#include <cstddef>
#include <cstdint>

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/study/convert/document.h"
#include "services/study/domain/document/compare.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace study = reprise::study;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto document = study::ParseDocument(bytes, "f");
  if (!document.ok()) {
    const auto detail = reprise::error::DetailOf(document.status());
    REPRISE_CHECK(!detail.violations.empty() && detail.violations[0].path.rfind("f", 0) == 0);
    return 0;
  }
  const std::string json = study::ToJson(document->content);
  REPRISE_CHECK(study::CompareDocuments(study::ToJson(study::DocumentFromJson(json)), json).empty());
  (void)study::CompareDocuments("", json);
  return 0;
}
