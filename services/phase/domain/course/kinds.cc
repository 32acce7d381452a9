// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/kinds.h"

#include "absl/types/span.h"

namespace reprise::phase {
namespace {

constexpr absl::string_view kMilestones[] = {"DIAGNOSIS",         "SURGERY",          "CHEMOTHERAPY_START",
                                             "CHEMOTHERAPY_END",  "RADIOTHERAPY_END", "ACTIVE_TREATMENT_END"};
constexpr absl::string_view kLeaves[] = {"INITIAL", "EXTENSION"};
constexpr absl::string_view kCauses[] = {"ILLNESS", "WORK_ACCIDENT", "OCCUPATIONAL_DISEASE", "MATERNITY"};
constexpr absl::string_view kWork[] = {"SICK_LEAVE", "THERAPEUTIC_PART_TIME", "FULL_TIME",
                                       "CONTRACTUAL_PART_TIME", "MATERNITY_LEAVE", "UNEMPLOYED",
                                       "RETIRED", "INACTIVE", "TRAINING", "DECEASED", "UNKNOWN",
                                       "PAID_LEAVE"};
constexpr absl::string_view kPhases[] = {"LEAVE", "PREPARATION", "RETURNED"};
constexpr absl::string_view kStates[] = {"PLANNED", "DONE", "MISSED", "CANCELLED", "RESCHEDULED", "EXPECTED"};
constexpr absl::string_view kTimelines[] = {"WORK_STATUS", "PHASE"};

// Names in the order of the values, which begin at 1.
absl::Span<const absl::string_view> NamesOf(MilestoneKind) { return kMilestones; }
absl::Span<const absl::string_view> NamesOf(LeaveKind) { return kLeaves; }
absl::Span<const absl::string_view> NamesOf(LeaveCause) { return kCauses; }
absl::Span<const absl::string_view> NamesOf(WorkKind) { return kWork; }
absl::Span<const absl::string_view> NamesOf(PhaseKind) { return kPhases; }
absl::Span<const absl::string_view> NamesOf(VisitState) { return kStates; }
absl::Span<const absl::string_view> NamesOf(Timeline) { return kTimelines; }

template <typename Kind>
absl::string_view NameIn(Kind kind) {
  const auto names = NamesOf(kind);
  const size_t at = static_cast<size_t>(kind);
  return at >= 1 && at <= names.size() ? names[at - 1] : absl::string_view();
}

}  // namespace

absl::string_view NameOf(MilestoneKind kind) { return NameIn(kind); }
absl::string_view NameOf(LeaveKind kind) { return NameIn(kind); }
absl::string_view NameOf(LeaveCause cause) { return NameIn(cause); }
absl::string_view NameOf(WorkKind kind) { return NameIn(kind); }
absl::string_view NameOf(PhaseKind kind) { return NameIn(kind); }
absl::string_view NameOf(VisitState state) { return NameIn(state); }
absl::string_view NameOf(Timeline timeline) { return NameIn(timeline); }

template <typename Kind>
std::optional<Kind> KindOf(absl::string_view name) {
  const auto names = NamesOf(Kind{});
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Kind>(i + 1);
  }
  return std::nullopt;
}
template std::optional<MilestoneKind> KindOf<MilestoneKind>(absl::string_view name);
template std::optional<LeaveKind> KindOf<LeaveKind>(absl::string_view name);
template std::optional<LeaveCause> KindOf<LeaveCause>(absl::string_view name);
template std::optional<WorkKind> KindOf<WorkKind>(absl::string_view name);
template std::optional<PhaseKind> KindOf<PhaseKind>(absl::string_view name);
template std::optional<VisitState> KindOf<VisitState>(absl::string_view name);
template std::optional<Timeline> KindOf<Timeline>(absl::string_view name);

bool IsWork(WorkKind kind) {
  return kind == WorkKind::kTherapeuticPartTime || kind == WorkKind::kFullTime ||
         kind == WorkKind::kContractualPartTime;
}

}  // namespace reprise::phase
