// SPDX-License-Identifier: Apache-2.0
// The names that rule files may use.
#include "services/phase/domain/legal/rule.h"

namespace reprise::legal {

absl::string_view NameOf(Cause cause) {
  switch (cause) {
    case Cause::kIllness: return "illness";
    case Cause::kWorkAccident: return "work_accident";
    case Cause::kOccupationalDisease: return "occupational_disease";
    case Cause::kMaternity: return "maternity";
  }
  return "";
}

absl::string_view NameOf(MilestoneKind kind) {
  switch (kind) {
    case MilestoneKind::kPreReturnVisit: return "pre_return_visit";
    case MilestoneKind::kReturnVisit: return "return_visit";
    case MilestoneKind::kLiaisonMeeting: return "liaison_meeting";
    case MilestoneKind::kTrialOfReturn: return "trial_of_return";
    case MilestoneKind::kTherapeuticPartTime: return "therapeutic_part_time";
    case MilestoneKind::kPrescriptionCap: return "prescription_cap";
  }
  return "";
}

absl::string_view NameOf(Key key) {
  switch (key) {
    case Key::kLeaveStart: return "leave_start";
    case Key::kIssueDate: return "issue_date";
    case Key::kEvaluationDay: return "evaluation_day";
  }
  return "";
}

std::vector<std::string> SituationsOf(MilestoneKind kind) {
  switch (kind) {
    case MilestoneKind::kPreReturnVisit:
    case MilestoneKind::kLiaisonMeeting:
      return {"no_rule", "not_yet", "too_short", "possible", "done", "passed", "contract_ended"};
    case MilestoneKind::kReturnVisit:
      return {"no_rule", "not_required", "due", "done", "done_late", "late", "waived",
              "contract_ended"};
    case MilestoneKind::kTrialOfReturn:
      return {"no_rule", "possible", "done", "passed", "contract_ended"};
    case MilestoneKind::kTherapeuticPartTime:
      return {"no_rule", "possible", "possible_after_leave", "done", "contract_ended"};
    case MilestoneKind::kPrescriptionCap:
      return {"no_rule", "within", "exceeded", "justified"};
  }
  return {};
}

const std::vector<std::string>& FlagNames() {
  static const auto& names = *new std::vector<std::string>{
      "return_presumed",     "return_during_leave",    "legal_review_straddle",
      "issue_date_missing",  "prescriptions_overlap",  "gap_query",
      "recorded_late",       "visit_before_threshold", "visit_before_return",
      "visit_after_return",  "waiver_not_in_window",   "waiver_not_measures",
      "waiver_not_findings", "waiver_not_part_time",   "waiver_not_asked",
      "trial_over_single",   "trial_over_total",       "trial_outside_leave",
      "cap_exceeded"};
  return names;
}

const std::vector<std::string>& PlaceholderNames() {
  static const auto& names = *new std::vector<std::string>{"articles",
                                                           "on",
                                                           "days",
                                                           "threshold",
                                                           "requirement",
                                                           "leave_start",
                                                           "leave_end",
                                                           "possible_from",
                                                           "possible_from_other",
                                                           "due",
                                                           "latest",
                                                           "latest_other",
                                                           "return",
                                                           "done_on",
                                                           "late_days",
                                                           "contract_end",
                                                           "gap_days",
                                                           "recorded_on",
                                                           "early_visit",
                                                           "late_visit",
                                                           "pre_visit",
                                                           "window_days",
                                                           "window_from",
                                                           "window_to",
                                                           "asked_on",
                                                           "max_days",
                                                           "max_total_days",
                                                           "trial_days",
                                                           "part_time_from",
                                                           "part_time_to",
                                                           "first_days",
                                                           "renewal_days",
                                                           "cap_start",
                                                           "cap_days",
                                                           "cap_max",
                                                           "cap_count"};
  return names;
}

}  // namespace reprise::legal
