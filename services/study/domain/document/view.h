// SPDX-License-Identifier: Apache-2.0
// Reads of a document's tree that never fail: what is absent or of another kind reads as nothing,
// because the reader of the document tells those faults.
#ifndef REPRISE_STUDY_DOMAIN_DOCUMENT_VIEW_H_
#define REPRISE_STUDY_DOMAIN_DOCUMENT_VIEW_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "services/platform/text/yaml_tree.h"

namespace reprise::study {

using text::YamlNode;

// The value of a field, or null where it is absent or written as null.
const YamlNode* Find(const YamlNode& map, absl::string_view field);
// Where a fault of the field is shown: its value, or the map where it is absent.
const YamlNode& PlaceOf(const YamlNode& map, absl::string_view field);

std::string TextOf(const YamlNode& map, absl::string_view field);
bool FlagOf(const YamlNode& map, absl::string_view field);
// Absent where the field is not written as a finite number.
std::optional<double> NumberOf(const YamlNode& map, absl::string_view field);
std::optional<int64_t> WholeOf(const YamlNode& map, absl::string_view field);
std::optional<absl::CivilDay> DayOf(const YamlNode& map, absl::string_view field);
// The elements of a list; the pointers are into `map`.
std::vector<const YamlNode*> Elements(const YamlNode& map, absl::string_view field);
std::vector<std::string> TextsOf(const YamlNode& map, absl::string_view field);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_DOCUMENT_VIEW_H_
