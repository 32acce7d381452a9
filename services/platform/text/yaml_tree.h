// SPDX-License-Identifier: Apache-2.0
// A YAML (or JSON) document as a tree whose nodes know their place: what yaml-cpp's events say,
// with its limits made ours. Anchors, aliases, tags and further documents are refused, so that the
// tree is never larger than its text.
#ifndef REPRISE_PLATFORM_TEXT_YAML_TREE_H_
#define REPRISE_PLATFORM_TEXT_YAML_TREE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::text {

inline constexpr size_t kMaxYamlLineBytes = size_t{64} << 10;
inline constexpr int kMaxYamlDepth = 32;

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  int line = 1;  // 1-based
  int column = 1;  // in bytes
  bool quoted = false;  // of a scalar: certainly a text
  std::string scalar;
  std::vector<YamlNode> children;  // of a list, or the values of a map
  std::vector<YamlNode> keys;      // of a map, scalars, beside `children`
};

struct YamlLimits {
  size_t max_bytes = size_t{4} << 20;
  // A key that stands twice in a map stays in the tree, for whoever tells all faults at once.
  bool keep_double_keys = false;
};

// `name` stands before the line in errors, `name:12`. INVALID_ARGUMENT:
//   TEXT_NOT_UTF8, DOCUMENT_TOO_LARGE, DOCUMENT_LINE_TOO_LONG, DOCUMENT_TOO_DEEP,
//   DOCUMENT_MALFORMED (syntax, key twice, key that is no text, alias, anchor, second document,
//   control character)
absl::StatusOr<YamlNode> ParseYaml(absl::string_view bytes, absl::string_view name,
                                   const YamlLimits& limits = {});

}  // namespace reprise::text

#endif  // REPRISE_PLATFORM_TEXT_YAML_TREE_H_
