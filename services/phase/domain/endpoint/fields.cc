// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/fields.h"

#include <unistr.h>

#include <exception>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"

#include "services/phase/domain/endpoint/errors.h"

namespace reprise::endpoint {
namespace {

constexpr size_t kMaxBytes = size_t{1} << 20;
constexpr size_t kMaxItems = 1000;

}  // namespace

FieldReader::FieldReader(const YAML::Node& node, std::string place)
    : node_(node), place_(std::move(place)) {}

YAML::Node FieldReader::Child(const char* field) {
  known_.insert(field);
  return node_.IsMap() ? node_[field] : YAML::Node(YAML::NodeType::Undefined);
}

bool FieldReader::Text(const char* field, std::string& value) {
  const YAML::Node child = Child(field);
  if (!child) return false;
  if (!child.IsScalar() || child.Scalar().empty()) {
    Fail(field, "A single value is required.");
    return false;
  }
  value = child.Scalar();
  return true;
}

bool FieldReader::Integer(const char* field, int lowest, int highest, int& value) {
  std::string text;
  if (!Text(field, text)) return false;
  int read = 0;
  if (!absl::SimpleAtoi(text, &read) || read < lowest || read > highest) {
    Fail(field, absl::StrCat("A whole number from ", lowest, " to ", highest, " is required."));
    return false;
  }
  value = read;
  return true;
}

bool FieldReader::Fraction(const char* field, double& value) {
  std::string text;
  if (!Text(field, text)) return false;
  double read = 0;
  if (!absl::SimpleAtod(text, &read) || !(read >= 0 && read <= 1)) {
    Fail(field, "A number from 0 to 1 is required.");
    return false;
  }
  value = read;
  return true;
}

bool FieldReader::Flag(const char* field, bool& value) {
  return Choice<bool>(field, {{"true", true}, {"false", false}}, value);
}

bool FieldReader::List(const char* field, const std::function<void(const std::string&)>& visit) {
  const YAML::Node child = Sequence(field);
  if (!child) return false;
  for (const YAML::Node& item : child) {
    if (!item.IsScalar()) {
      Fail(field, "A list of single values is required.");
      return false;
    }
    visit(item.Scalar());
  }
  return true;
}

YAML::Node FieldReader::Map(const char* field) {
  const YAML::Node child = Child(field);
  if (!child || child.IsMap()) return child;
  Fail(field, "Named fields are required.");
  return YAML::Node(YAML::NodeType::Undefined);
}

YAML::Node FieldReader::Sequence(const char* field) {
  const YAML::Node child = Child(field);
  if (!child || (child.IsSequence() && child.size() <= kMaxItems)) return child;
  Fail(field, absl::StrCat("A list of at most ", kMaxItems, " is required."));
  return YAML::Node(YAML::NodeType::Undefined);
}

void FieldReader::Require(const char* field) {
  if (!Child(field)) Fail(field, "The field is required.");
}

void FieldReader::Fail(absl::string_view field, absl::string_view what) {
  if (status_.ok()) status_ = FieldInvalid(place_, field, what);
}

void FieldReader::Adopt(const absl::Status& part) { status_.Update(part); }

absl::Status FieldReader::Finish() {
  if (!node_.IsMap()) return FieldInvalid(place_, "the whole", "Named fields are required.");
  for (const auto& entry : node_) {
    const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "?";
    // A name from outside may hold anything; an error's path is short and printable.
    if (known_.count(name) != 0) continue;
    Fail(absl::CHexEscape(name.substr(0, 64)), "The field is unknown.");
  }
  return status_;
}

absl::Status ReadYaml(absl::string_view yaml, const std::string& file_name,
                      const std::function<absl::Status(const YAML::Node&)>& read) {
  if (yaml.size() > kMaxBytes) return YamlMalformed(file_name, "The file is over 1 MiB.");
  if (u8_check(reinterpret_cast<const uint8_t*>(yaml.data()), yaml.size()) != nullptr) {
    return YamlMalformed(file_name, "The file is not UTF-8.");
  }
  try {
    return read(YAML::Load(std::string(yaml)));
  } catch (const YAML::Exception& fault) {
    const std::string place =
        fault.mark.is_null() ? file_name : absl::StrCat(file_name, ":", fault.mark.line + 1);
    // The library quotes single bytes of what it could not read.
    return YamlMalformed(
        place, absl::StrCat("This is not valid YAML: ", absl::CHexEscape(fault.msg), "."));
  } catch (const std::exception&) {  // whatever else the YAML library throws ends here
    return YamlMalformed(file_name, "This is not valid YAML.");
  }
}

}  // namespace reprise::endpoint
