// SPDX-License-Identifier: Apache-2.0
// A YAML or JSON document read into a value that describe.h describes. Every fault is found in one
// pass, with its line and path: `phq9.yaml:12 sections[0].items[3].type`.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_READ_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_READ_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/platform/error/error.h"
#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::instrument {

using Lines = std::map<std::string, int>;  // path to line

// As far as it could be read. `faults` have paths without file and line; reasons FIELD_UNKNOWN,
// FIELD_KIND (a list where a text is due), VALUE_MALFORMED (number, yes/no), VALUE_UNKNOWN.
struct Document {
  Instrument instrument;
  Lines lines;
  std::vector<error::Violation> faults;
};

// The shape only. INVALID_ARGUMENT as ParseYaml; else a document, perhaps with faults.
absl::StatusOr<Document> ReadDocument(absl::string_view bytes, absl::string_view name);

// `name:line path` of a path, by its nearest ancestor that stands in the document.
std::string Locate(const Lines& lines, absl::string_view name, absl::string_view path);

// Reads and checks (check.h): an instrument without faults, or
//   INVALID_ARGUMENT INSTRUMENT_INVALID with every fault, or a reason of ParseYaml
absl::StatusOr<Instrument> LoadInstrument(absl::string_view bytes, absl::string_view name);

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_READ_H_
