// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/licence.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/time/clock.h"
#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/errors.h"

namespace reprise::instrument {
namespace {

class Gate {
 public:
  void Lack(const char* reason, const char* sentence) {
    lacks_.push_back(reason);
    absl::StrAppend(&sentences_, sentences_.empty() ? "" : " ", sentence);
  }
  absl::Status Verdict(const Instrument& definition) const {
    return lacks_.empty() ? absl::OkStatus() : LicenceGateClosed(definition.id, lacks_, sentences_);
  }

 private:
  std::vector<std::string> lacks_;
  std::string sentences_;
};

bool IsBlank(const std::string& text) { return absl::StripAsciiWhitespace(text).empty(); }

bool FitsWithWords(const Instrument& definition, const Wording& wording) {
  const auto worded = ApplyWording(definition, wording);
  if (!worded.ok() || worded->languages.empty()) return false;
  std::vector<Problem> problems;
  CheckTranslations(*worded, problems);
  for (const Problem& problem : problems) {
    // Titles and score names are ours; the gate asks for the questionnaire itself.
    if (problem.violation.path.rfind("sections[", 0) == 0) return false;
    if (problem.violation.path.rfind("choice_lists[", 0) == 0) return false;
  }
  return true;
}

void CheckWords(const Instrument& definition, const Wording* wording, Gate& gate) {
  if (wording == nullptr) {
    if (definition.languages.empty()) {
      gate.Lack("WORDING_MISSING", "The wording has not been loaded.");
    }
  } else if (!FitsWithWords(definition, *wording)) {
    gate.Lack(
        "WORDING_UNFIT",
        "The wording belongs to another instrument or version, or lacks words for some items.");
  }
}

void CheckRecord(const LicenceRecord& record, absl::CivilDay today, Gate& gate) {
  if (IsBlank(record.reference)) {
    gate.Lack("LICENCE_REFERENCE_MISSING", "The licence reference is not recorded.");
  }
  if (IsBlank(record.scope)) {
    gate.Lack("LICENCE_SCOPE_MISSING", "The scope of the licence is not recorded.");
  }
  const auto expiry = ParseDate(record.expiry, "expiry");
  if (!expiry.ok()) {
    gate.Lack("LICENCE_EXPIRY_MISSING", "The last day of the licence is not recorded.");
  } else if (*expiry < today) {
    gate.Lack("LICENCE_EXPIRED", "The licence has expired.");
  }
}

}  // namespace

absl::Status CheckLicenceGate(const Instrument& definition, const Wording* wording,
                              const LicenceRecord& record, absl::CivilDay today) {
  Gate gate;
  CheckWords(definition, wording, gate);
  const Tier tier = definition.licence.tier;
  if (tier != Tier::kOwn && tier != Tier::kA) CheckRecord(record, today, gate);
  return gate.Verdict(definition);
}

}  // namespace reprise::instrument
