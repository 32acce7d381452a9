// SPDX-License-Identifier: Apache-2.0
// From bytes to a release: a hierarchy, a line "--", then data with columns a and s. Whatever is
// released must satisfy its case, and be readable.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/anonymisation/case.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/extract/domain/anonymisation/recoding.h"
#include "services/extract/domain/anonymisation/release.h"
#include "services/extract/domain/anonymisation/solve.h"
#include "services/extract/domain/anonymisation/table.h"
#include "services/platform/status.h"

namespace engine = reprise::extract::anonymisation;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t cut = text.find("\n--\n");
  if (size < 2 || size > 4096 || cut == absl::string_view::npos) return 0;
  const absl::string_view rows = text.substr(cut + 4);
  const std::vector<engine::Hierarchy> hierarchies = [&] {
    const auto read = engine::ReadHierarchy(text.substr(0, cut), "h.csv", "a");
    return read.ok() ? std::vector<engine::Hierarchy>{*read} : std::vector<engine::Hierarchy>{};
  }();
  if (hierarchies.empty()) return 0;
  const auto request =
      engine::ParseCase(absl::StrCat(R"({"qis": ["a"], "models": ["k:)", 1 + data[size - 1] % 4,
                                     R"(", "te:s:0.5"], "suppression_limit": 0.3})"));
  const auto table = engine::ReadTable(rows, "d.csv", {{"a", &hierarchies[0]}, {"s", nullptr}});
  if (!table.ok()) return 0;
  const auto records = engine::MakeRecords(*request, *table, "d.csv", hierarchies, absl::nullopt);
  REPRISE_CHECK(records.ok());
  for (const auto method : {engine::Method::kOptimal, engine::Method::kCells,
                            engine::Method::kLocal, engine::Method::kMondrian}) {
    const auto found = engine::Solve(*request, *records, method, {.budget = 100});
    if (!found.ok()) continue;
    REPRISE_CHECK(engine::Satisfies(*request, *records, found->front()));
    const std::string released =
        engine::WriteRelease(rows, *request, *records, found->front(), absl::nullopt);
    REPRISE_CHECK(engine::ReadTable(released, "o.csv", {{"a", nullptr}, {"s", nullptr}})->rows ==
                  table->rows);
  }
  return 0;
}
