// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/read.h"

#include <algorithm>
#include <set>
#include <utility>

#include "services/platform/status.h"
#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/errors.h"
#include "services/questionnaire/domain/instrument/reader.h"

namespace reprise::instrument {

absl::StatusOr<Document> ReadDocument(absl::string_view bytes, absl::string_view name) {
  REPRISE_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(bytes, name));
  Document document;
  Reader(document.lines, document.faults).ReadMap(root, "", document.instrument);
  return document;
}

std::string Locate(const Lines& lines, absl::string_view name, absl::string_view path) {
  const absl::string_view whole = path;
  while (true) {
    const auto at = lines.find(std::string(path));
    if (at != lines.end() || path.empty()) {
      const int line = at == lines.end() ? 1 : at->second;
      return absl::StrCat(name, ":", line, whole.empty() ? "" : " ", whole);
    }
    const size_t cut = path.find_last_of(".[");
    path = path.substr(0, cut == absl::string_view::npos ? 0 : cut);
  }
}

absl::StatusOr<Instrument> LoadInstrument(absl::string_view bytes, absl::string_view name) {
  REPRISE_ASSIGN_OR_RETURN(Document document, ReadDocument(bytes, name));
  std::vector<error::Violation> faults = std::move(document.faults);
  std::set<std::string> told;
  for (const error::Violation& fault : faults) told.insert(fault.path);
  for (Problem& problem : CheckInstrument(document.instrument)) {
    // What could not be read is not also reported as absent.
    if (problem.severity == Severity::kError && told.count(problem.violation.path) == 0) {
      faults.push_back(std::move(problem.violation));
    }
  }
  if (faults.empty()) return std::move(document.instrument);
  const auto line_of = [&](const error::Violation& fault) {
    const auto at = document.lines.find(fault.path);
    return at == document.lines.end() ? 0 : at->second;
  };
  std::stable_sort(faults.begin(), faults.end(), [&](const auto& a, const auto& b) {
    return line_of(a) < line_of(b);
  });
  for (error::Violation& fault : faults) fault.path = Locate(document.lines, name, fault.path);
  return InstrumentInvalid(faults);
}

}  // namespace reprise::instrument
