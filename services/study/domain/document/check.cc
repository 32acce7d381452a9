// SPDX-License-Identifier: Apache-2.0
#include "services/study/domain/document/check.h"

#include <map>

#include "absl/strings/str_cat.h"

#include "services/study/domain/document/faults.h"
#include "services/study/domain/document/names.h"

namespace reprise::study {
namespace {

// Codes that stand twice in a list of which they are the whole key.
void CheckCodesOnce(absl::string_view list, const std::vector<const YamlNode*>& elements,
                    const std::string& path, Faults& faults) {
  const std::vector<const char*> fields = KeyFields(list);
  if (fields.empty() || list == "questionnaires" || list == "partners") return;
  std::map<std::string, int> first_line;
  for (size_t i = 0; i < elements.size(); ++i) {
    std::string key;
    for (const char* const field : fields) {
      const std::string text = TextOf(*elements[i], field);
      if (text.empty()) break;
      absl::StrAppend(&key, text, " ");
    }
    if (key.empty()) continue;
    const auto [at, is_new] = first_line.emplace(key, elements[i]->line);
    if (is_new) continue;
    faults.Add(PlaceOf(*elements[i], fields[0]), absl::StrCat(path, "[", i, "].", fields[0]), "CODE_TWICE",
               absl::StrCat("The same stands in line ", at->second, " already."));
  }
}

void Walk(const YamlNode& root, const Spot& spot, const std::string& place, Faults& faults) {
  CheckFields(root, spot, place, faults);
  for (size_t i = 0; i < spot.node->keys.size(); ++i) {
    const std::string& field = spot.node->keys[i].scalar;
    const YamlNode& child = spot.node->children[i];
    const std::string below = Below(place, field);
    if (child.kind == YamlNode::Kind::kMap) {
      Walk(root, {&child, Below(spot.path, field)}, below, faults);
    } else if (child.kind == YamlNode::Kind::kList) {
      for (const Spot& element : Spots(spot, field.c_str())) Walk(root, element, below, faults);
      CheckCodesOnce(field, Elements(*spot.node, field), Below(spot.path, field), faults);
    }
  }
}

}  // namespace

std::vector<Spot> Spots(const Spot& spot, const char* list) {
  const std::vector<const YamlNode*> elements = Elements(*spot.node, list);
  const std::vector<std::string> names =
      ElementNames(list, elements.size(), [&](size_t i, const char* field) { return TextOf(*elements[i], field); });
  std::vector<Spot> spots;
  for (size_t i = 0; i < elements.size(); ++i) {
    if (elements[i]->kind != YamlNode::Kind::kMap) continue;
    spots.push_back({elements[i], absl::StrCat(Below(spot.path, list), "[", names[i], "]")});
  }
  return spots;
}

std::vector<Fault> CheckDocument(const text::YamlNode& root) {
  std::vector<Fault> told;
  Faults faults(told);
  const Spot spot{&root, ""};
  Walk(root, spot, "", faults);
  CheckStages(spot, faults);
  CheckPeriods(spot, faults);
  CheckConsentForms(spot, faults);
  CheckSchedules(spot, faults);
  CheckRules(spot, faults);
  return told;
}

}  // namespace reprise::study
