// SPDX-License-Identifier: Apache-2.0
// How the places of a study document are called, in faults and in differences alike:
// `stages[PILOT].targets[0].participants`.
#ifndef REPRISE_STUDY_DOMAIN_DOCUMENT_NAMES_H_
#define REPRISE_STUDY_DOMAIN_DOCUMENT_NAMES_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace reprise::study {

// The text of a field of an element, empty where it has none.
using TextOfElement = std::function<std::string(size_t element, const char* field)>;

// The fields by which elements of a list are told apart: mostly `code`; none for targets and grants.
std::vector<const char*> KeyFields(absl::string_view list);

// Their keys (`PILOT`, `MAIN_CONSENT 1.0`); absent where one is missing or stands twice.
std::optional<std::vector<std::string>> KeyNames(absl::string_view list, size_t count, const TextOfElement& text_of);
// The same, or their places from 0.
std::vector<std::string> ElementNames(absl::string_view list, size_t count, const TextOfElement& text_of);

// `path.field`, or `field` at the root.
std::string Below(const std::string& path, absl::string_view field);

// The candidate that `text` may have meant, or empty: at most two letters apart, and the nearest.
std::string Nearest(absl::string_view text, const std::vector<std::string>& candidates);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_DOCUMENT_NAMES_H_
