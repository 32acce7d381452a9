// SPDX-License-Identifier: Apache-2.0
#include "services/study/domain/document/names.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace reprise::study {
namespace {

// Levenshtein's distance, letters of either case alike; texts longer than 64 bytes are far away.
size_t Distance(absl::string_view a, absl::string_view b) {
  constexpr size_t kLongest = 64;
  if (a.size() > kLongest || b.size() > kLongest) return kLongest;
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const bool same = absl::ascii_tolower(a[i - 1]) == absl::ascii_tolower(b[j - 1]);
      const size_t change = diagonal + (same ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<const char*> KeyFields(absl::string_view list) {
  if (list == "consent_forms") return {"code", "version"};
  if (list == "questionnaires") return {"timepoint", "instrument"};
  if (list == "signatures") return {"stage"};
  if (list == "endpoints") return {"definition"};
  if (list == "partners") return {"name"};
  if (list == "level_titles") return {"level"};
  if (list == "targets" || list == "funding") return {};
  return {"code"};
}

std::optional<std::vector<std::string>> KeyNames(absl::string_view list, size_t count,
                                                 const TextOfElement& text_of) {
  const std::vector<const char*> fields = KeyFields(list);
  if (fields.empty()) return std::nullopt;
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (size_t i = 0; i < count; ++i) {
    std::string name;
    for (const char* const field : fields) {
      const std::string text = text_of(i, field);
      if (text.empty()) return std::nullopt;
      absl::StrAppend(&name, name.empty() ? "" : " ", text);
    }
    if (!seen.insert(name).second) return std::nullopt;
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> ElementNames(absl::string_view list, size_t count, const TextOfElement& text_of) {
  if (auto names = KeyNames(list, count, text_of); names.has_value()) return *std::move(names);
  std::vector<std::string> places;
  for (size_t i = 0; i < count; ++i) places.push_back(absl::StrCat(i));
  return places;
}

std::string Below(const std::string& path, absl::string_view field) {
  return path.empty() ? std::string(field) : absl::StrCat(path, ".", field);
}

std::string Nearest(absl::string_view text, const std::vector<std::string>& candidates) {
  std::string nearest;
  size_t least = 3;
  for (const std::string& candidate : candidates) {
    const size_t distance = Distance(text, candidate);
    // Two changes make a word of three letters into any other one.
    if (distance < least && distance * 2 < std::max(text.size(), candidate.size())) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace reprise::study
