// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/consent.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

constexpr size_t kMaxCode = 64;

bool IsCode(const std::string& text) {
  return !text.empty() && text.size() <= kMaxCode && absl::ascii_isupper(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           const auto u = static_cast<unsigned char>(c);
           return absl::ascii_isupper(u) || absl::ascii_isdigit(u) || c == '_';
         });
}

}  // namespace

const char* NameOf(ConsentMode mode) { return mode == ConsentMode::kPaper ? "PAPER" : "ELECTRONIC"; }

ConsentMode ConsentModeOf(absl::string_view name) {
  return name == "PAPER" ? ConsentMode::kPaper : ConsentMode::kElectronic;
}

absl::Status CheckConsent(const Consent& consent) {
  if (consent.form.empty()) return FieldRequired("form");
  if (consent.form_version.empty()) return FieldRequired("form_version");
  if (consent.mode == ConsentMode::kNone) return FieldRequired("mode");
  for (size_t i = 0; i < consent.scopes.size(); ++i) {
    if (!IsCode(consent.scopes[i])) return CodeMalformed(absl::StrCat("scopes[", i, "]"));
  }
  return absl::OkStatus();
}

absl::Status CheckForm(const Consent& consent, const std::optional<ConsentForm>& form) {
  if (!form.has_value()) return ConsentFormUnknown();
  if (consent.signed_date < form->valid_from) {
    return ConsentFormNotYetValid(consent.form, consent.form_version, form->valid_from);
  }
  if (form->valid_until && consent.signed_date > *form->valid_until) {
    return ConsentFormExpired(consent.form, consent.form_version, *form->valid_until);
  }
  return absl::OkStatus();
}

std::vector<ConsentStanding> StandingsOf(const std::vector<Consent>& consents,
                                         const std::vector<ConsentForm>& forms, absl::CivilDay today) {
  std::map<std::string, const ConsentForm*> newest;
  for (const ConsentForm& form : forms) {
    if (form.valid_from > today || (form.valid_until && *form.valid_until < today)) continue;
    const ConsentForm*& found = newest[form.form];
    if (found == nullptr || found->valid_from < form.valid_from) found = &form;
  }
  std::map<std::string, ConsentStanding> standings;
  for (const Consent& consent : consents) standings[consent.form].newest = consent;
  std::vector<ConsentStanding> sorted;
  for (auto& [code, standing] : standings) {
    if (const auto at = newest.find(code); at != newest.end()) {
      const bool is_signed = std::any_of(consents.begin(), consents.end(), [&](const Consent& c) {
        return c.form == at->first && c.form_version == at->second->form_version;
      });
      if (!is_signed) standing.renewal = *at->second;
    }
    sorted.push_back(std::move(standing));
  }
  return sorted;
}

int AgeOn(absl::CivilDay born, absl::CivilDay day) {
  const bool before_birthday =
      day.month() < born.month() || (day.month() == born.month() && day.day() < born.day());
  return static_cast<int>(day.year() - born.year()) - (before_birthday ? 1 : 0);
}

absl::Status CheckAge(int age, const std::vector<AgeCriterion>& criteria) {
  for (const AgeCriterion& c : criteria) {
    const bool inside = age >= c.min_age && (c.max_age == 0 || age <= c.max_age);
    if (inside != c.inclusion) return AgeNotEligible(c.criterion, c.min_age, c.max_age);
  }
  return absl::OkStatus();
}

}  // namespace reprise::enrolment
