// SPDX-License-Identifier: Apache-2.0
// Reads the named fields of one YAML map strictly: the first fault stays, and a field that nobody
// asked for is a fault. Shared by endpoint definitions and legal rules.
//   FieldReader reader(node, "rules.yaml rule 3");
//   reader.Integer("version", 1, 100, rule.version);
//   REPRISE_RETURN_IF_ERROR(reader.Finish());
#ifndef REPRISE_PHASE_DOMAIN_ENDPOINT_FIELDS_H_
#define REPRISE_PHASE_DOMAIN_ENDPOINT_FIELDS_H_

#include <yaml-cpp/yaml.h>

#include <functional>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace reprise::endpoint {

class FieldReader {
 public:
  // `node` is a map; `place` tells where it stands.
  FieldReader(const YAML::Node& node, std::string place);

  // Each leaves `value` as it is where the field is absent, and returns whether it is there.
  bool Text(const char* field, std::string& value);
  bool Integer(const char* field, int lowest, int highest, int& value);
  bool Fraction(const char* field, double& value);  // in [0, 1]
  bool Flag(const char* field, bool& value);        // true or false
  bool List(const char* field, const std::function<void(const std::string&)>& visit);

  template <typename Value>
  bool Choice(const char* field, std::initializer_list<std::pair<const char*, Value>> choices,
              Value& value) {
    std::string text;
    if (!Text(field, text)) return false;
    std::string names;
    for (const auto& [name, choice] : choices) {
      if (text == name) {
        value = choice;
        return true;
      }
      absl::StrAppend(&names, names.empty() ? "" : ", ", name);
    }
    Fail(field, absl::StrCat("One of ", names, " is required."));
    return false;
  }

  // A null node where the field is absent; a fault unless it is a map or list as asked.
  YAML::Node Map(const char* field);
  YAML::Node Sequence(const char* field);

  void Require(const char* field);
  void Fail(absl::string_view field, absl::string_view what);
  // Adopts the outcome of a reader of a part.
  void Adopt(const absl::Status& part);
  const std::string& place() const { return place_; }

  // OK, or INVALID_ARGUMENT FIELD_INVALID naming place and field.
  absl::Status Finish();

 private:
  YAML::Node Child(const char* field);

  const YAML::Node node_;
  const std::string place_;
  std::set<std::string> known_;
  absl::Status status_;
};

// Parses `yaml` and calls `read` on its root; what the library throws becomes a status.
//   INVALID_ARGUMENT YAML_MALFORMED (not YAML, not UTF-8, or over 1 MiB), and what `read` returns
absl::Status ReadYaml(absl::string_view yaml, const std::string& file_name,
                      const std::function<absl::Status(const YAML::Node&)>& read);

}  // namespace reprise::endpoint

#endif  // REPRISE_PHASE_DOMAIN_ENDPOINT_FIELDS_H_
