// SPDX-License-Identifier: Apache-2.0
#include "services/platform/text/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/utf8.h"

namespace reprise::text {
namespace {

// Carried through yaml-cpp, which knows no other way to stop; never leaves this file.
struct Refusal {
  const char* reason;
  std::string message;
  int line;
};

int LineOf(const YAML::Mark& mark) { return mark.line < 0 ? 1 : mark.line + 1; }

// Characters that no document needs and that terminals and spreadsheets trip over.
bool HasControlCharacter(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) {
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
  });
}

class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(bool keep_double_keys) : keep_double_keys_(keep_double_keys) {}
  YamlNode root;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Leaf(YamlNode::Kind::kNull, mark, anchor, "", false);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refusal{"DOCUMENT_MALFORMED", "Aliases are not read; write the value out.", LineOf(mark)};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    if (!CheckUtf8(value, "value").ok()) {  // by an escape
      throw Refusal{"DOCUMENT_MALFORMED", "A text is not UTF-8.", LineOf(mark)};
    }
    if (HasControlCharacter(value)) {
      throw Refusal{"DOCUMENT_MALFORMED", "A text holds a control character.", LineOf(mark)};
    }
    const bool plain = tag.empty() || tag == "?";
    const bool null = plain && tag == "?" && (value == "~" || value == "null");
    Leaf(null ? YamlNode::Kind::kNull : YamlNode::Kind::kScalar, mark, anchor, value, tag == "!");
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kList, mark, anchor);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kMap, mark, anchor);
  }
  void OnMapEnd() override { Close(); }

 private:
  static void RefuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    throw Refusal{"DOCUMENT_MALFORMED", "Anchors are not read.", LineOf(mark)};
  }
  static YamlNode NodeAt(const YAML::Mark& mark, YamlNode::Kind kind) {
    YamlNode node;
    node.kind = kind;
    node.line = LineOf(mark);
    node.column = mark.column < 0 ? 1 : mark.column + 1;
    return node;
  }
  void Leaf(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor,
            const std::string& value, bool quoted) {
    RefuseAnchor(mark, anchor);
    YamlNode node = NodeAt(mark, kind);
    node.quoted = quoted;
    node.scalar = kind == YamlNode::Kind::kScalar ? value : "";
    Place(std::move(node));
  }
  void Open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    RefuseAnchor(mark, anchor);
    if (open_.size() >= static_cast<size_t>(kMaxYamlDepth)) {
      throw Refusal{
          "DOCUMENT_TOO_DEEP",
          absl::StrCat("The document is nested deeper than ", kMaxYamlDepth, " levels."),
          LineOf(mark)};
    }
    open_.push_back(NodeAt(mark, kind));
  }
  void Close() {
    YamlNode done = std::move(open_.back());
    open_.pop_back();
    Place(std::move(done));
  }
  void Place(YamlNode node) {
    if (open_.empty()) {
      root = std::move(node);
      return;
    }
    YamlNode& parent = open_.back();
    if (parent.kind == YamlNode::Kind::kMap && parent.keys.size() == parent.children.size()) {
      PlaceKey(parent, std::move(node));
      return;
    }
    parent.children.push_back(std::move(node));
  }
  void PlaceKey(YamlNode& parent, YamlNode key) {
    constexpr size_t kMaxKeys = 512;  // keeps the search for doubles short
    if (key.kind != YamlNode::Kind::kScalar) {
      throw Refusal{"DOCUMENT_MALFORMED", "A key must be a text.", key.line};
    }
    for (const YamlNode& other : parent.keys) {
      if (keep_double_keys_ || other.scalar != key.scalar) continue;
      throw Refusal{"DOCUMENT_MALFORMED",
                    absl::StrCat("The key stands twice, first in line ", other.line, "."),
                    key.line};
    }
    if (parent.keys.size() >= kMaxKeys) {
      throw Refusal{"DOCUMENT_TOO_LARGE", "A map has more than 512 keys.", key.line};
    }
    parent.keys.push_back(std::move(key));
  }

  bool keep_double_keys_;
  std::vector<YamlNode> open_;
};

absl::Status Refuse(absl::string_view name, const Refusal& refusal) {
  return error::InvalidField(absl::StrCat(name, ":", refusal.line), refusal.reason,
                             refusal.message);
}

absl::Status CheckSizes(absl::string_view bytes, absl::string_view name, size_t max_bytes) {
  if (bytes.size() > max_bytes) {
    return Refuse(name, {"DOCUMENT_TOO_LARGE",
                         absl::StrCat("The document is larger than ", max_bytes >> 20, " MiB."), 1});
  }
  int line = 1;
  while (!bytes.empty()) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    if (end > kMaxYamlLineBytes) {
      return Refuse(name, {"DOCUMENT_LINE_TOO_LONG", "The line is longer than 64 KiB.", line});
    }
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++line;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<YamlNode> ParseYaml(absl::string_view bytes, absl::string_view name,
                                   const YamlLimits& limits) {
  REPRISE_RETURN_IF_ERROR(CheckUtf8(bytes, name));
  REPRISE_RETURN_IF_ERROR(CheckSizes(bytes, name, limits.max_bytes));
  try {
    std::istringstream stream{std::string(bytes)};
    YAML::Parser parser(stream);
    TreeBuilder builder(limits.keep_double_keys);
    if (!parser.HandleNextDocument(builder)) {
      return Refuse(name, {"DOCUMENT_MALFORMED", "The document is empty.", 1});
    }
    TreeBuilder second(limits.keep_double_keys);
    if (parser.HandleNextDocument(second)) {
      return Refuse(name, {"DOCUMENT_MALFORMED", "A file holds one document.", second.root.line});
    }
    return std::move(builder.root);
  } catch (const Refusal& refusal) {
    return Refuse(name, refusal);
  } catch (const YAML::Exception& failure) {
    // The library's message may quote half a character.
    const bool readable = CheckUtf8(failure.msg, "message").ok();
    return Refuse(name, {"DOCUMENT_MALFORMED",
                         absl::StrCat("Not YAML: ", readable ? failure.msg : "unexpected character", "."),
                         LineOf(failure.mark)});
  }
}

}  // namespace reprise::text
