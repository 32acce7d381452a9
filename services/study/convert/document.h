// SPDX-License-Identifier: Apache-2.0
// A study document between its YAML (or JSON) text, the proto, and the JSON that is stored.
#ifndef REPRISE_STUDY_CONVERT_DOCUMENT_H_
#define REPRISE_STUDY_CONVERT_DOCUMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "reprise/study/v1/document.pb.h"

#include "services/platform/text/yaml_tree.h"
#include "services/study/domain/document/fault.h"

namespace reprise::study {

struct ReadDocument {
  v1::StudyDocument content;
  text::YamlNode tree;  // the same with its places
};

// The shape alone, by the proto's descriptor: fills `content` and returns the faults. Reasons:
//   FIELD_UNKNOWN, FIELD_TWICE, FIELD_KIND
std::vector<Fault> FillDocument(const text::YamlNode& tree, v1::StudyDocument& content);

// A document without a fault of its own. `name` stands before the line in errors.
//   INVALID_ARGUMENT PROTOCOL_INVALID with every fault by line, column and path (reasons of
//   FillDocument and domain/document/check.h), or a reason of text::ParseYaml; at most 1 MiB
absl::StatusOr<ReadDocument> ParseDocument(absl::string_view bytes, absl::string_view name);

// How errors call a document: as asked, or `document`.
std::string DocumentName(const std::string& asked);

// Names as in the proto, empty fields left out.
std::string ToJson(const v1::StudyDocument& content);
// Requires what ToJson wrote.
v1::StudyDocument DocumentFromJson(const std::string& json);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_CONVERT_DOCUMENT_H_
