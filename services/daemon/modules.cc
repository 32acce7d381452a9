// SPDX-License-Identifier: Apache-2.0
#include "services/daemon/modules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/access/module.h"
#include "services/cohort/module.h"
#include "services/enrolment/module.h"
#include "services/extract/module.h"
#include "services/phase/module.h"
#include "services/platform/error/error.h"
#include "services/quality/module.h"
#include "services/questionnaire/module.h"
#include "services/study/module.h"

namespace reprise::daemon {

const std::vector<ModuleEntry>& AllModules() {
  static const std::vector<ModuleEntry>* const kModules = new std::vector<ModuleEntry>{
      {"access", "reprise.access.v1.AccessService", &access::MakeModule},
      {"study", "reprise.study.v1.StudyService", &study::MakeModule},
      {"enrolment", "reprise.enrolment.v1.EnrolmentService", &enrolment::MakeModule},
      {"phase", "reprise.phase.v1.PhaseService", &phase::MakeModule},
      {"questionnaire", "reprise.questionnaire.v1.QuestionnaireService", &questionnaire::MakeModule},
      {"cohort", "reprise.cohort.v1.CohortService", &cohort::MakeModule},
      {"extract", "reprise.extract.v1.ExtractService", &extract::MakeModule},
      {"quality", "reprise.quality.v1.QualityService", &quality::MakeModule},
  };
  return *kModules;
}

absl::StatusOr<Selection> SelectModules(const std::string& services) {
  if (services == "all") return Selection();
  Selection selected{.modules = {}, .gateway = false};
  for (const absl::string_view name : absl::StrSplit(services, ',', absl::SkipEmpty())) {
    if (name == "gateway") {
      selected.gateway = true;
      continue;
    }
    const auto at = std::find_if(AllModules().begin(), AllModules().end(),
                                 [&](const ModuleEntry& entry) { return entry.name == name; });
    if (at == AllModules().end()) {
      return error::InvalidField("--services", "SERVICE_UNKNOWN",
                                 absl::StrCat("There is no service ", name, "."));
    }
    selected.modules.push_back(*at);
  }
  if (selected.modules.empty() && !selected.gateway) {
    return error::InvalidField("--services", "SERVICE_UNKNOWN", "At least one service is required.");
  }
  return selected;
}

}  // namespace reprise::daemon
