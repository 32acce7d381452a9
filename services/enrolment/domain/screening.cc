// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/screening.h"

#include <algorithm>

#include "services/enrolment/domain/errors.h"

namespace reprise::enrolment {
namespace {

bool Contains(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

const StageRule* Find(const std::vector<StageRule>& rules, const std::string& stage) {
  const auto at = std::find_if(rules.begin(), rules.end(),
                               [&](const StageRule& rule) { return rule.stage == stage; });
  return at == rules.end() ? nullptr : &*at;
}

bool IsExternalPilot(const StageRule& rule) {
  return rule.kind == "PILOT" && rule.pilot_kind == "EXTERNAL";
}

bool ConsentedAgainst(const Attempt& attempt, const std::vector<StageRule>& rules,
                      const std::string& stage) {
  return attempt.consented && (attempt.stage == stage || Exclude(rules, attempt.stage, stage));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> OrderCriteria(const std::vector<std::string>& failed,
                                                       const std::vector<std::string>& known) {
  std::vector<size_t> unknown;
  for (size_t i = 0; i < failed.size(); ++i) {
    if (!Contains(known, failed[i])) unknown.push_back(i);
  }
  if (!unknown.empty()) return CriteriaUnknown(unknown);
  std::vector<std::string> ordered;
  std::copy_if(known.begin(), known.end(), std::back_inserter(ordered),
               [&](const std::string& code) { return Contains(failed, code); });
  return ordered;
}

absl::Status CheckLive(const Screening& screening) {
  if (!screening.eligible()) return ScreeningIneligible();
  if (!screening.participant_id.empty()) return ScreeningConsented();
  if (!screening.decline_reason.empty()) return ScreeningDeclined();
  return absl::OkStatus();
}

bool Exclude(const std::vector<StageRule>& rules, const std::string& one, const std::string& other) {
  const StageRule* const a = Find(rules, one);
  const StageRule* const b = Find(rules, other);
  if (a != nullptr && Contains(a->excludes, other)) return true;
  if (b != nullptr && Contains(b->excludes, one)) return true;
  if (a == nullptr || b == nullptr) return false;
  return (IsExternalPilot(*a) && b->kind == "MAIN") || (IsExternalPilot(*b) && a->kind == "MAIN");
}

absl::Status CheckMayScreen(const std::vector<Attempt>& attempts, const std::vector<StageRule>& rules,
                            const std::string& stage) {
  for (const Attempt& attempt : attempts) {
    if (ConsentedAgainst(attempt, rules, stage) || (attempt.open && attempt.stage == stage)) {
      return PersonInStudy();
    }
  }
  return absl::OkStatus();
}

absl::Status CheckMayConsent(const std::vector<Attempt>& attempts, const std::vector<StageRule>& rules,
                             const std::string& stage) {
  for (const Attempt& attempt : attempts) {
    if (ConsentedAgainst(attempt, rules, stage)) return PersonInStudy();
  }
  return absl::OkStatus();
}

}  // namespace reprise::enrolment
