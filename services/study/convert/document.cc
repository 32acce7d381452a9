// SPDX-License-Identifier: Apache-2.0
#include "services/study/convert/document.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"

#include "services/platform/status.h"
#include "services/platform/text/number.h"
#include "services/study/domain/document/check.h"
#include "services/study/domain/document/names.h"
#include "services/study/domain/document/view.h"
#include "services/study/domain/errors.h"

namespace reprise::study {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kMaxBytes = size_t{1} << 20;

// What a value of the field looks like in YAML.
std::string Wanted(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE: return "a map of fields is";
    case FieldDescriptor::CPPTYPE_BOOL: return "true or false is";
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64: return "a whole number without quotes is";
    case FieldDescriptor::CPPTYPE_DOUBLE: return "a number without quotes is";
    default: return "a text is";
  }
}

class Filler {
 public:
  explicit Filler(std::vector<Fault>& faults) : faults_(faults) {}

  void FillMap(const text::YamlNode& node, const std::string& path, Message& message) {
    if (node.kind != text::YamlNode::Kind::kMap) return Refuse(node, path, "a map of fields is");
    const Descriptor& descriptor = *message.GetDescriptor();
    std::set<std::string> seen;
    for (size_t i = 0; i < node.keys.size(); ++i) {
      const std::string& key = node.keys[i].scalar;
      const std::string below = Below(path, key);
      const FieldDescriptor* const field = descriptor.FindFieldByName(key);
      if (!seen.insert(key).second) {
        Add(node.keys[i], below, "FIELD_TWICE", "The field stands twice in this map.");
      } else if (field == nullptr) {
        Unknown(node.keys[i], below, descriptor);
      } else if (node.children[i].kind != text::YamlNode::Kind::kNull) {
        FillField(node.children[i], below, *field, message);
      }
    }
  }

 private:
  void FillField(const text::YamlNode& node, const std::string& path, const FieldDescriptor& field,
                 Message& message) {
    if (field.is_map()) return FillTexts(node, path, field, message);
    if (!field.is_repeated()) return FillOne(node, path, field, message);
    if (node.kind != text::YamlNode::Kind::kList) return Refuse(node, path, "a list is");
    const std::vector<std::string> names =
        ElementNames(field.name(), node.children.size(),
                     [&](size_t i, const char* key) { return TextOf(node.children[i], key); });
    const bool of_maps = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    for (size_t i = 0; i < node.children.size(); ++i) {
      FillOne(node.children[i], absl::StrCat(path, "[", of_maps ? names[i] : absl::StrCat(i), "]"), field, message);
    }
  }

  // A text by language.
  void FillTexts(const text::YamlNode& node, const std::string& path, const FieldDescriptor& field,
                 Message& message) {
    if (node.kind != text::YamlNode::Kind::kMap) {
      return Refuse(node, path, "a text by language, such as {fr: ..., en: ...}, is");
    }
    std::set<std::string> seen;
    for (size_t i = 0; i < node.keys.size(); ++i) {
      const std::string below = Below(path, node.keys[i].scalar);
      if (!seen.insert(node.keys[i].scalar).second) {
        Add(node.keys[i], below, "FIELD_TWICE", "The language stands twice in this map.");
        continue;
      }
      if (node.children[i].kind != text::YamlNode::Kind::kScalar) {
        Refuse(node.children[i], below, "a text is");
        continue;
      }
      Message* const entry = message.GetReflection()->AddMessage(&message, &field);
      const Descriptor& pair = *entry->GetDescriptor();
      entry->GetReflection()->SetString(entry, pair.map_key(), node.keys[i].scalar);
      entry->GetReflection()->SetString(entry, pair.map_value(), node.children[i].scalar);
    }
  }

  void FillOne(const text::YamlNode& node, const std::string& path, const FieldDescriptor& field,
               Message& message) {
    const Reflection& reflection = *message.GetReflection();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return FillMap(node, path, field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                                     : *reflection.MutableMessage(&message, &field));
    }
    if (node.kind != text::YamlNode::Kind::kScalar || !SetScalar(node, field, message, reflection)) {
      Refuse(node, path, Wanted(field));
    }
  }

  static bool SetScalar(const text::YamlNode& node, const FieldDescriptor& field, Message& message,
                        const Reflection& reflection) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      if (field.is_repeated()) reflection.AddString(&message, &field, node.scalar);
      else reflection.SetString(&message, &field, node.scalar);
      return true;
    }
    if (node.quoted) return false;
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
      reflection.SetBool(&message, &field, node.scalar == "true");
      return node.scalar == "true" || node.scalar == "false";
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
      const auto number = text::ParseDouble(node.scalar, field.name());
      if (number.ok()) reflection.SetDouble(&message, &field, *number);
      return number.ok();
    }
    return SetWhole(node, field, message, reflection);
  }

  static bool SetWhole(const text::YamlNode& node, const FieldDescriptor& field, Message& message,
                       const Reflection& reflection) {
    const auto number = text::ParseInt(node.scalar, field.name());
    if (!number.ok()) return false;
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
      reflection.SetInt64(&message, &field, *number);
      return true;
    }
    const int32_t small = static_cast<int32_t>(*number);
    if (small != *number) return false;
    if (field.is_repeated()) reflection.AddInt32(&message, &field, small);
    else reflection.SetInt32(&message, &field, small);
    return true;
  }

  void Unknown(const text::YamlNode& key, const std::string& path, const Descriptor& descriptor) {
    std::vector<std::string> known;
    for (int i = 0; i < descriptor.field_count(); ++i) known.push_back(descriptor.field(i)->name());
    const std::string meant = Nearest(key.scalar, known);
    Add(key, path, "FIELD_UNKNOWN",
        absl::StrCat("No such field exists here", meant.empty() ? "." : absl::StrCat("; perhaps ", meant, " is meant.")));
  }
  void Refuse(const text::YamlNode& node, const std::string& path, const std::string& what) {
    Add(node, path, "FIELD_KIND", absl::StrCat("Here ", what, " required."));
  }
  void Add(const text::YamlNode& at, const std::string& path, const char* reason, const std::string& message) {
    faults_.push_back({at.line, at.column, path, reason, message});
  }

  std::vector<Fault>& faults_;
};

}  // namespace

std::vector<Fault> FillDocument(const text::YamlNode& tree, v1::StudyDocument& content) {
  std::vector<Fault> faults;
  Filler(faults).FillMap(tree, "", content);
  return faults;
}

absl::StatusOr<ReadDocument> ParseDocument(absl::string_view bytes, absl::string_view name) {
  ReadDocument document;
  REPRISE_ASSIGN_OR_RETURN(document.tree,
                           text::ParseYaml(bytes, name, {.max_bytes = kMaxBytes, .keep_double_keys = true}));
  std::vector<Fault> faults = FillDocument(document.tree, document.content);
  if (document.tree.kind != text::YamlNode::Kind::kMap) return ProtocolInvalid(name, std::move(faults));
  std::set<std::string> told;
  for (const Fault& fault : faults) told.insert(fault.path);
  // What could not be read is not also reported as absent.
  for (Fault& fault : CheckDocument(document.tree)) {
    if (told.count(fault.path) == 0) faults.push_back(std::move(fault));
  }
  if (!faults.empty()) return ProtocolInvalid(name, std::move(faults));
  return document;
}

std::string DocumentName(const std::string& asked) { return asked.empty() ? "document" : asked; }

std::string ToJson(const v1::StudyDocument& content) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  REPRISE_CHECK(google::protobuf::util::MessageToJsonString(content, &json, options).ok());
  return json;
}

v1::StudyDocument DocumentFromJson(const std::string& json) {
  v1::StudyDocument content;
  REPRISE_CHECK(google::protobuf::util::JsonStringToMessage(json, &content).ok());
  return content;
}

}  // namespace reprise::study
