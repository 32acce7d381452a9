// SPDX-License-Identifier: Apache-2.0
// What the checks share: the list of faults, and the codes that references may name.
#ifndef REPRISE_STUDY_DOMAIN_DOCUMENT_FAULTS_H_
#define REPRISE_STUDY_DOMAIN_DOCUMENT_FAULTS_H_

#include <string>
#include <utility>
#include <vector>

#include "services/study/domain/document/fault.h"
#include "services/study/domain/document/view.h"

namespace reprise::study {

// A map of the document with its path.
struct Spot {
  const YamlNode* node;
  std::string path;
};

class Faults {
 public:
  explicit Faults(std::vector<Fault>& faults) : faults_(faults) {}
  void Add(const YamlNode& at, std::string path, const char* reason, std::string message) {
    faults_.push_back({at.line, at.column, std::move(path), reason, std::move(message)});
  }
  // Of a field of `spot`.
  void AddField(const Spot& spot, const char* field, const char* reason, std::string message) {
    Add(PlaceOf(*spot.node, field), spot.path.empty() ? field : spot.path + "." + field, reason,
        std::move(message));
  }

 private:
  std::vector<Fault>& faults_;
};

// The elements of a list of maps below `spot`, with their paths.
std::vector<Spot> Spots(const Spot& spot, const char* list);

// The fields of one place by themselves (field_rules.h). `place` as there.
void CheckFields(const YamlNode& root, const Spot& spot, const std::string& place, Faults& faults);

// Rules over several fields.
void CheckStages(const Spot& root, Faults& faults);
void CheckPeriods(const Spot& root, Faults& faults);
void CheckConsentForms(const Spot& root, Faults& faults);
void CheckSchedules(const Spot& root, Faults& faults);
void CheckRules(const Spot& root, Faults& faults);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_DOCUMENT_FAULTS_H_
