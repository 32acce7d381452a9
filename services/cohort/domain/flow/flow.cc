// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/flow/flow.h"

#include <map>
#include <utility>

#include "absl/strings/str_format.h"

namespace reprise::cohort {
namespace {

std::string MonthOf(absl::CivilDay day) { return absl::StrFormat("%04d-%02d", day.year(), day.month()); }

// Adds to all three levels at once.
class Tally {
 public:
  explicit Tally(absl::Span<const std::string> sites) {
    for (const std::string& site : sites) sites_[site].site = site;
  }
  void Add(const std::string& site, const std::string& month, int64_t FlowCounts::*step, int64_t count = 1) {
    if (count == 0) return;
    total_.*step += count;
    FlowCounts& of_site = sites_[site];
    of_site.site = site;
    of_site.*step += count;
    FlowCounts& of_month = months_[{site, month}];
    of_month.site = site;
    of_month.month = month;
    of_month.*step += count;
  }
  Flow Finish() const {
    Flow flow{.total = total_, .by_site = {}, .by_month = {}, .by_arm = {}};
    for (const auto& entry : sites_) flow.by_site.push_back(entry.second);
    for (const auto& entry : months_) flow.by_month.push_back(entry.second);
    return flow;
  }

 private:
  FlowCounts total_;
  std::map<std::string, FlowCounts> sites_;
  std::map<std::pair<std::string, std::string>, FlowCounts> months_;
};

int64_t FlowCounts::*StepOf(Standing standing) {
  switch (standing) {
    case Standing::kScreenFailed: return &FlowCounts::screen_failed;
    case Standing::kCompleted: return &FlowCounts::completed;
    case Standing::kWithdrawn: return &FlowCounts::withdrawn;
    case Standing::kLost: return &FlowCounts::lost;
    case Standing::kDeceased: return &FlowCounts::deceased;
    case Standing::kGoingOn: break;
  }
  return &FlowCounts::going_on;
}

void AddPerson(const Person& person, const Stand& stand, Tally& tally) {
  tally.Add(person.site, MonthOf(person.consent_date), &FlowCounts::consented);
  tally.Add(person.site, MonthOf(stand.since), StepOf(stand.standing));
  if (const auto enrolled = DateOf(person, EventKind::kEnrolled)) {
    tally.Add(person.site, MonthOf(*enrolled), &FlowCounts::enrolled);
  }
  if (person.randomised_date.has_value()) {
    tally.Add(person.site, MonthOf(*person.randomised_date), &FlowCounts::randomised);
  }
  const auto stopped = DateOf(person, EventKind::kStoppedIntervention);
  if (stopped.has_value() && stand.standing != Standing::kWithdrawn) {
    tally.Add(person.site, MonthOf(*stopped), &FlowCounts::intervention_stopped);
  }
}

}  // namespace

Stand StandOf(const Person& person) {
  Stand stand{.standing = Standing::kGoingOn, .since = person.consent_date};
  for (const Event& event : person.events) {
    const bool going_on = stand.standing == Standing::kGoingOn;
    switch (event.kind) {
      case EventKind::kDeceased: return {Standing::kDeceased, event.date};
      case EventKind::kScreenFailed: stand = {Standing::kScreenFailed, event.date}; break;
      case EventKind::kCompleted: stand = {Standing::kCompleted, event.date}; break;
      case EventKind::kWithdrawn:
        if (stand.standing != Standing::kWithdrawn) stand = {Standing::kWithdrawn, event.date};
        break;
      case EventKind::kLost:
        if (going_on) stand = {Standing::kLost, event.date};
        break;
      case EventKind::kFound:
        if (stand.standing == Standing::kLost) stand = {Standing::kGoingOn, person.consent_date};
        break;
      case EventKind::kConsented:
      case EventKind::kEnrolled:
      case EventKind::kStoppedIntervention: break;
    }
  }
  return stand;
}

std::optional<absl::CivilDay> DateOf(const Person& person, EventKind kind) {
  for (const Event& event : person.events) {
    if (event.kind == kind) return event.date;
  }
  return std::nullopt;
}

Flow CountFlow(absl::Span<const std::string> sites, absl::Span<const ScreeningCell> screenings,
               absl::Span<const Person> people) {
  Tally tally(sites);
  for (const ScreeningCell& cell : screenings) {
    tally.Add(cell.site, cell.month, &FlowCounts::screened, cell.attempts);
    tally.Add(cell.site, cell.month, cell.eligible ? &FlowCounts::eligible : &FlowCounts::ineligible,
              cell.attempts);
    tally.Add(cell.site, cell.month, &FlowCounts::declined, cell.declined);
  }
  std::map<std::string, ArmCount> arms;
  for (const Person& person : people) {
    const Stand stand = StandOf(person);
    AddPerson(person, stand, tally);
    if (!person.arm.has_value()) continue;
    ArmCount& arm = arms[*person.arm];
    arm.arm = *person.arm;
    ++arm.allocated;
    arm.completed += stand.standing == Standing::kCompleted;
    arm.left += stand.standing == Standing::kWithdrawn || stand.standing == Standing::kLost ||
                stand.standing == Standing::kDeceased;
  }
  Flow flow = tally.Finish();
  for (const auto& entry : arms) flow.by_arm.push_back(entry.second);
  return flow;
}

}  // namespace reprise::cohort
