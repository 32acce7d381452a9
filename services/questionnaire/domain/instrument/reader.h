// SPDX-License-Identifier: Apache-2.0
// The visitor that fills a described value from a tree (read.h, wording.cc).
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_READER_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_READER_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/questionnaire/domain/instrument/describe.h"
#include "services/questionnaire/domain/instrument/read.h"
#include "services/questionnaire/domain/instrument/yaml_tree.h"

namespace reprise::instrument {

class Reader {
 public:
  Reader(Lines& lines, std::vector<error::Violation>& faults) : lines_(lines), faults_(faults) {}

  // Fills `value` from a map node and reports its unknown keys. `path` is empty at the root.
  template <typename T>
  void ReadMap(const YamlNode& node, const std::string& path, T& value) {
    if (!Expect(node, YamlNode::Kind::kMap, path, "a map")) return;
    const YamlNode* const outer_node = std::exchange(node_, &node);
    const std::string outer_path = std::exchange(path_, path);
    std::vector<bool> outer_known = std::exchange(known_, std::vector<bool>(node.keys.size()));
    Describe(*this, value);
    for (size_t i = 0; i < node.keys.size(); ++i) {
      if (known_[i]) continue;
      const std::string child = Below(node.keys[i].scalar);
      lines_.emplace(child, node.keys[i].line);
      Fault(child, "FIELD_UNKNOWN", "No such field exists here.");
    }
    node_ = outer_node;
    path_ = outer_path;
    known_ = std::move(outer_known);
  }

  template <typename T>
  void operator()(const char* key, T& field) {
    for (size_t i = 0; i < node_->keys.size(); ++i) {
      if (node_->keys[i].scalar != key) continue;
      known_[i] = true;
      const YamlNode& child = node_->children[i];
      const std::string path = Below(key);
      lines_.emplace(path, node_->keys[i].line);
      if (child.kind != YamlNode::Kind::kNull) Read(child, path, field);
      return;
    }
  }

 private:
  std::string Below(const std::string& key) const {
    return path_.empty() ? key : absl::StrCat(path_, ".", key);
  }
  void Fault(const std::string& path, const char* reason, const std::string& message) {
    faults_.push_back({.path = path, .reason = reason, .message = message});
  }
  bool Expect(const YamlNode& node, YamlNode::Kind kind, const std::string& path,
              const char* what) {
    lines_.emplace(path, node.line);
    if (node.kind == kind) return true;
    Fault(path, "FIELD_KIND", absl::StrCat("Here stands ", what, "."));
    return false;
  }

  void Read(const YamlNode& node, const std::string& path, std::string& value) {
    if (Expect(node, YamlNode::Kind::kScalar, path, "one text or number")) value = node.scalar;
  }
  void Read(const YamlNode& node, const std::string& path, bool& value) {
    if (!Expect(node, YamlNode::Kind::kScalar, path, "true or false")) return;
    value = node.scalar == "true";
    if (!value && node.scalar != "false") Fault(path, "VALUE_MALFORMED", "Write true or false.");
  }
  void Read(const YamlNode& node, const std::string& path, std::optional<double>& value) {
    if (!Expect(node, YamlNode::Kind::kScalar, path, "a number")) return;
    const auto number = text::ParseDouble(node.scalar, path);
    if (number.ok())
      value = *number;
    else
      Fault(path, "VALUE_MALFORMED", "A finite decimal number is required.");
  }
  void Read(const YamlNode& node, const std::string& path, std::optional<int>& value) {
    if (!Expect(node, YamlNode::Kind::kScalar, path, "a whole number")) return;
    constexpr int64_t kMost = 1000000;
    const auto number = text::ParseInt(node.scalar, path);
    if (number.ok() && *number >= 0 && *number <= kMost)
      value = static_cast<int>(*number);
    else
      Fault(path, "VALUE_MALFORMED", "A whole number from 0 to 1000000 is required.");
  }
  void Read(const YamlNode& node, const std::string& path, Text& value) {
    if (!Expect(node, YamlNode::Kind::kMap, path,
                "a text by language, such as {fr: ..., en: ...}")) {
      return;
    }
    for (size_t i = 0; i < node.keys.size(); ++i) {
      const std::string child = absl::StrCat(path, ".", node.keys[i].scalar);
      lines_.emplace(child, node.keys[i].line);
      Read(node.children[i], child, value[node.keys[i].scalar]);
    }
  }
  template <typename T>
  void Read(const YamlNode& node, const std::string& path, std::optional<std::vector<T>>& value) {
    Read(node, path, value.emplace());
  }
  template <typename T>
  void Read(const YamlNode& node, const std::string& path, std::vector<T>& value) {
    if (!Expect(node, YamlNode::Kind::kList, path, "a list")) return;
    value.resize(node.children.size());
    for (size_t i = 0; i < node.children.size(); ++i) {
      Read(node.children[i], absl::StrCat(path, "[", i, "]"), value[i]);
    }
  }
  template <typename T>
  requires std::is_enum_v<T>
  void Read(const YamlNode& node, const std::string& path, T& value) {
    if (!Expect(node, YamlNode::Kind::kScalar, path, "one word")) return;
    std::string names;
    for (const auto& [name, named] : NamesOf(T{})) {
      if (node.scalar == name) {
        value = named;
        return;
      }
      absl::StrAppend(&names, names.empty() ? "" : ", ", name);
    }
    Fault(path, "VALUE_UNKNOWN", absl::StrCat("Write one of ", names, "."));
  }
  template <typename T>
  requires Describes<Reader, T>
  void Read(const YamlNode& node, const std::string& path, T& value) { ReadMap(node, path, value); }

  Lines& lines_;
  std::vector<error::Violation>& faults_;
  const YamlNode* node_ = nullptr;
  std::string path_;
  std::vector<bool> known_;
};

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_READER_H_
