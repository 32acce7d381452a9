// SPDX-License-Identifier: Apache-2.0
#include "services/study/domain/document/compare.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/status.h"
#include "services/study/domain/document/names.h"

namespace reprise::study {
namespace {

using nlohmann::json;

bool IsListOfMaps(const json& value) { return value.is_array() && !value.empty() && value[0].is_object(); }

std::optional<std::vector<std::string>> KeysOf(const std::string& list, const json& elements) {
  return KeyNames(list, elements.size(), [&](size_t i, const char* field) {
    const auto at = elements[i].find(field);
    return at == elements[i].end() || !at->is_string() ? std::string() : at->get<std::string>();
  });
}

std::vector<std::string> PlacesOf(const json& elements) {
  std::vector<std::string> places;
  for (size_t i = 0; i < elements.size(); ++i) places.push_back(absl::StrCat(i));
  return places;
}

class Comparison {
 public:
  std::vector<Difference> differences;

  void Maps(const json& live, const json& next) {
    std::map<std::string, int> fields;
    for (const auto& [field, value] : live.items()) fields[field] = 0;
    for (const auto& [field, value] : next.items()) fields[field] = 0;
    for (const auto& [field, unused] : fields) {
      const json empty;
      const json& old_value = live.contains(field) ? live[field] : empty;
      const json& new_value = next.contains(field) ? next[field] : empty;
      const std::string outer = path_;
      path_ = Below(path_, field);
      steps_.push_back(field);
      Values(field, old_value, new_value);
      steps_.pop_back();
      path_ = outer;
    }
  }

 private:
  void Values(const std::string& field, const json& live, const json& next) {
    if (live.is_object() || next.is_object()) {
      return Maps(live.is_object() ? live : json::object(), next.is_object() ? next : json::object());
    }
    if (IsListOfMaps(live) || IsListOfMaps(next)) {
      return Lists(field, live.is_array() ? live : json::array(), next.is_array() ? next : json::array());
    }
    if (live != next) Tell(live, next);
  }

  void Lists(const std::string& field, const json& live, const json& next) {
    const auto old_keys = KeysOf(field, live), new_keys = KeysOf(field, next);
    const bool by_key = old_keys.has_value() && new_keys.has_value();
    const std::vector<std::string> old_names = by_key ? *old_keys : PlacesOf(live);
    const std::vector<std::string> new_names = by_key ? *new_keys : PlacesOf(next);
    for (size_t i = 0; i < live.size(); ++i) {
      const auto at = std::find(new_names.begin(), new_names.end(), old_names[i]);
      Element(old_names[i], live[i], at == new_names.end() ? json() : next[at - new_names.begin()]);
    }
    for (size_t i = 0; i < next.size(); ++i) {
      if (std::find(old_names.begin(), old_names.end(), new_names[i]) != old_names.end()) continue;
      Element(new_names[i], json(), next[i]);
    }
    if (by_key) Order(old_names, new_names);
  }

  // Tells where the elements that stay come in another order.
  void Order(const std::vector<std::string>& old_names, const std::vector<std::string>& new_names) {
    const auto common = [](const std::vector<std::string>& names, const std::vector<std::string>& others) {
      std::vector<std::string> kept;
      for (const std::string& name : names) {
        if (std::find(others.begin(), others.end(), name) != others.end()) kept.push_back(name);
      }
      return kept;
    };
    if (common(old_names, new_names) != common(new_names, old_names)) Tell(json(old_names), json(new_names));
  }

  void Element(const std::string& name, const json& live, const json& next) {
    const std::string outer = path_;
    absl::StrAppend(&path_, "[", name, "]");
    steps_.push_back(name);
    if (live.is_null() || next.is_null()) {
      Tell(live, next);
    } else {
      Maps(live, next);
    }
    steps_.pop_back();
    path_ = outer;
  }

  void Tell(const json& live, const json& next) {
    differences.push_back({.kind = live.is_null()   ? Difference::Kind::kAdded
                                   : next.is_null() ? Difference::Kind::kRemoved
                                                    : Difference::Kind::kChanged,
                           .path = path_,
                           .steps = steps_,
                           .old_value = live.is_null() ? "" : live.dump(),
                           .new_value = next.is_null() ? "" : next.dump()});
  }

  std::string path_;
  std::vector<std::string> steps_;
};

json Parsed(const std::string& text) {
  if (text.empty()) return json::object();
  json value = json::parse(text, nullptr, false);
  REPRISE_CHECK(value.is_object());
  return value;
}

}  // namespace

std::vector<Difference> CompareDocuments(const std::string& live, const std::string& next) {
  Comparison comparison;
  comparison.Maps(Parsed(live), Parsed(next));
  std::stable_sort(comparison.differences.begin(), comparison.differences.end(),
                   [](const Difference& a, const Difference& b) { return a.path < b.path; });
  return std::move(comparison.differences);
}

}  // namespace reprise::study
