// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/guard/join.h"

#include <algorithm>

namespace reprise::extract::guard {

std::vector<uint64_t> Numbered::ClassSizes() const {
  std::vector<uint64_t> sizes(class_names.size(), 0);
  for (const uint32_t c : class_of) ++sizes[c];
  return sizes;
}

Numbered Number(const Release& release, ValueCodes& value_codes) {
  Numbered out;
  out.release = &release;
  absl::flat_hash_map<std::string, uint32_t> class_codes;
  for (const std::string& name : release.classes) {
    const auto [found, fresh] =
        class_codes.try_emplace(name, static_cast<uint32_t>(class_codes.size()));
    if (fresh) out.class_names.push_back(name);
    if (fresh && name.empty()) out.suppressed = found->second;
    out.class_of.push_back(found->second);
  }
  for (const auto& [column, texts] : release.sensitive) {
    auto& codes = value_codes[column];
    std::vector<uint32_t>& values = out.values[column];
    for (const std::string& text : texts) {
      values.push_back(codes.try_emplace(text, static_cast<uint32_t>(codes.size())).first->second);
    }
  }
  return out;
}

Beside LayBeside(const Release& earlier, const PersonPlaces& request, ValueCodes& value_codes) {
  Beside out{.earlier = Number(earlier, value_codes), .place = {}, .new_ones = {}};
  std::vector<bool> known(request.size(), false);
  for (const std::string& person : earlier.persons) {
    const auto found = request.find(person);
    out.place.push_back(found == request.end() ? kAbsent : found->second);
    if (found != request.end()) known[found->second] = true;
  }
  for (uint32_t i = 0; i < known.size(); ++i) {
    if (!known[i]) out.new_ones.push_back(i);
  }
  return out;
}

std::vector<Meeting> Join(const Beside& pair, const Numbered& request) {
  absl::flat_hash_map<uint64_t, uint64_t> persons;
  for (uint32_t i = 0; i < pair.place.size(); ++i) {
    const uint32_t other = pair.place[i] == kAbsent ? kAbsent : request.class_of[pair.place[i]];
    ++persons[(uint64_t{pair.earlier.class_of[i]} << 32) | other];
  }
  for (const uint32_t i : pair.new_ones) ++persons[(uint64_t{kAbsent} << 32) | request.class_of[i]];
  std::vector<Meeting> out;
  for (const auto& [key, count] : persons) {
    out.push_back({.earlier_class = static_cast<uint32_t>(key >> 32),
                   .request_class = static_cast<uint32_t>(key),
                   .persons = count});
  }
  std::sort(out.begin(), out.end(), [](const Meeting& a, const Meeting& b) {
    return a.earlier_class != b.earlier_class ? a.earlier_class < b.earlier_class
                                              : a.request_class < b.request_class;
  });
  return out;
}

std::vector<std::vector<uint32_t>> ValuesByClass(const Numbered& release,
                                                 const std::vector<uint32_t>& values) {
  std::vector<std::vector<uint32_t>> out(release.class_names.size());
  for (uint32_t i = 0; i < values.size(); ++i) out[release.class_of[i]].push_back(values[i]);
  for (std::vector<uint32_t>& of_class : out) {
    std::sort(of_class.begin(), of_class.end());
    of_class.erase(std::unique(of_class.begin(), of_class.end()), of_class.end());
  }
  return out;
}

}  // namespace reprise::extract::guard
