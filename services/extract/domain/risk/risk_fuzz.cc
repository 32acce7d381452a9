// SPDX-License-Identifier: Apache-2.0
// The verifier's readers on any bytes: case, hierarchy, original, release and subset, parted by
// 0xFF.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/extract/domain/risk/page.h"
#include "services/extract/domain/risk/report.h"
#include "services/extract/domain/risk/report_json.h"
#include "services/extract/domain/risk/verifier.h"

namespace risk = reprise::extract::risk;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < size; ++i) {
    if (data[i] == 0xFF)
      parts.emplace_back();
    else
      parts.back().push_back(static_cast<char>(data[i]));
  }
  parts.resize(5);
  auto request = risk::ReadCase(parts[0]);
  if (!request.ok())
    request = risk::ReadCase(R"({"qis":["a"],"models":["k:2","dl:s:2","to:s:0.3","km:2"]})");
  for (const std::string& name : request->qis) {
    auto tree = risk::LabelTree::Read(parts[1], name, request->delimiter);
    if (tree.ok()) request->trees.emplace(name, *std::move(tree));
  }
  if (auto subset = risk::ReadSubset(parts[4]); subset.ok()) request->subset = *std::move(subset);
  (void)risk::VerifyRelease(parts[2], parts[3], *request);
  const auto sample = risk::ReadSample(parts[3], "data", *request);
  if (!sample.ok() || sample->qis.size() > 8) return 0;
  const auto report = risk::MakeReport(*sample, *request, "data");
  if (!report.ok()) return 0;
  (void)risk::ReportJson(*report);
  (void)risk::ReportPage(*report, "data", risk::Language::kFrench);
  return 0;
}
