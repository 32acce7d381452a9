// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/release.h"

#include <algorithm>
#include <vector>

#include "services/extract/domain/anonymisation/fields.h"

namespace reprise::extract::anonymisation {
namespace {

constexpr int kCopied = -1;
constexpr int kLeftOut = -2;

// For each column of the file: the attribute of Records that replaces it, kCopied or kLeftOut.
std::vector<int> Plan(const std::vector<absl::string_view>& header, const Case& request,
                      const Records& records) {
  std::vector<int> plan(header.size(), kCopied);
  for (size_t i = 0; i < header.size(); ++i) {
    const auto role = request.roles.find(std::string(header[i]));
    if (role == request.roles.end()) continue;
    if (role->second == Role::kDirectIdentifier || role->second == Role::kFreeText)
      plan[i] = kLeftOut;
    if (role->second != Role::kQuasiIdentifier) continue;
    for (size_t a = 0; a < records.attributes(); ++a) {
      if (records.qis[a]->attribute == header[i]) plan[i] = static_cast<int>(a);
    }
  }
  return plan;
}

}  // namespace

std::string WriteRelease(absl::string_view bytes, const Case& request, const Records& records,
                         const Recoding& recoding, const absl::optional<Subset>& subset) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  LineReader lines(bytes, request.delimiter);
  std::vector<absl::string_view> fields;
  lines.Next(fields);
  const std::vector<int> plan = Plan(fields, request, records);
  std::string out;
  out.reserve(subset.has_value() ? 0 : bytes.size() + bytes.size() / 8);
  const auto write = [&](const auto& cell_of) {
    bool first = true;
    for (size_t i = 0; i < fields.size(); ++i) {
      if (plan[i] == kLeftOut) continue;
      const absl::string_view cell = cell_of(i);
      if (!first) out += request.delimiter;
      out.append(cell.data(), cell.size());
      first = false;
    }
    out += '\n';
  };
  write([&](size_t i) { return fields[i]; });
  size_t next_released = 0;
  for (uint32_t row = 0; lines.Next(fields); ++row) {
    if (subset.has_value()) {
      if (next_released == subset->size() || (*subset)[next_released] != row) continue;
      ++next_released;
    }
    const uint32_t person = records.person_of_row.empty() ? row : records.person_of_row[row];
    const uint32_t c = recoding.class_of_person[person];
    const uint32_t* labels = c == kNoClass ? nullptr : &recoding.labels[c * records.attributes()];
    write([&](size_t i) -> absl::string_view {
      if (plan[i] == kCopied) return fields[i];
      return labels == nullptr ? kSuppressed
                               : absl::string_view(records.qis[plan[i]]->labels[labels[plan[i]]]);
    });
  }
  return out;
}

}  // namespace reprise::extract::anonymisation
