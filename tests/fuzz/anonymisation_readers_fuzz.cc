// SPDX-License-Identifier: Apache-2.0
// Every reader of the anonymisation engine on arbitrary bytes; the first byte chooses. What is
// accepted must be what the readers promise.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

#include "services/extract/domain/anonymisation/case.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/extract/domain/anonymisation/table.h"
#include "services/platform/status.h"

namespace engine = reprise::extract::anonymisation;

namespace {

void TryHierarchy(absl::string_view text) {
  const auto hierarchy = engine::ReadHierarchy(text, "h.csv", "a");
  if (!hierarchy.ok()) return;
  for (size_t value = 0; value < hierarchy->size(); ++value) {
    REPRISE_CHECK(hierarchy->label_of[0][value] == value);
    for (int level = 0; level < hierarchy->levels(); ++level) {
      REPRISE_CHECK(hierarchy->leaves[hierarchy->label_of[level][value]] <= hierarchy->size());
    }
  }
  REPRISE_CHECK(engine::ReadHierarchy(engine::FormatHierarchy(*hierarchy), "h.csv", "a").ok());
}

void TryTable(absl::string_view text) {
  const auto table = engine::ReadTable(text, "d.csv", {{"a", nullptr}});
  if (!table.ok()) return;
  REPRISE_CHECK(table->rows > 0 && table->columns[0].codes.size() == table->rows);
  for (const uint32_t code : table->columns[0].codes)
    REPRISE_CHECK(code < table->columns[0].values.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const absl::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      TryHierarchy(text);
      break;
    case 1:
      TryTable(text);
      break;
    case 2:
      (void)engine::ParseCase(text);
      break;
    default:
      (void)engine::ParseSubset(text, "subset_rows.txt", 100);
      break;
  }
  return 0;
}
