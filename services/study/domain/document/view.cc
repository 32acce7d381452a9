// SPDX-License-Identifier: Apache-2.0
#include "services/study/domain/document/view.h"

#include "services/platform/text/number.h"
#include "services/platform/time/clock.h"

namespace reprise::study {

const YamlNode* Find(const YamlNode& map, absl::string_view field) {
  for (size_t i = 0; i < map.keys.size() && i < map.children.size(); ++i) {
    if (map.keys[i].scalar != field) continue;
    return map.children[i].kind == YamlNode::Kind::kNull ? nullptr : &map.children[i];
  }
  return nullptr;
}

const YamlNode& PlaceOf(const YamlNode& map, absl::string_view field) {
  const YamlNode* const found = Find(map, field);
  return found == nullptr ? map : *found;
}

std::string TextOf(const YamlNode& map, absl::string_view field) {
  const YamlNode* const found = Find(map, field);
  return found == nullptr || found->kind != YamlNode::Kind::kScalar ? "" : found->scalar;
}

bool FlagOf(const YamlNode& map, absl::string_view field) { return TextOf(map, field) == "true"; }

std::optional<double> NumberOf(const YamlNode& map, absl::string_view field) {
  const auto number = text::ParseDouble(TextOf(map, field), field);
  if (!number.ok()) return std::nullopt;
  return *number;
}

std::optional<int64_t> WholeOf(const YamlNode& map, absl::string_view field) {
  const auto number = text::ParseInt(TextOf(map, field), field);
  if (!number.ok()) return std::nullopt;
  return *number;
}

std::optional<absl::CivilDay> DayOf(const YamlNode& map, absl::string_view field) {
  const auto day = ParseDate(TextOf(map, field), field);
  if (!day.ok()) return std::nullopt;
  return *day;
}

std::vector<const YamlNode*> Elements(const YamlNode& map, absl::string_view field) {
  std::vector<const YamlNode*> elements;
  const YamlNode* const found = Find(map, field);
  if (found == nullptr || found->kind != YamlNode::Kind::kList) return elements;
  for (const YamlNode& element : found->children) elements.push_back(&element);
  return elements;
}

std::vector<std::string> TextsOf(const YamlNode& map, absl::string_view field) {
  std::vector<std::string> texts;
  for (const YamlNode* const element : Elements(map, field)) texts.push_back(element->scalar);
  return texts;
}

}  // namespace reprise::study
