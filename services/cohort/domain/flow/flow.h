// SPDX-License-Identifier: Apache-2.0
// The flow of a stage, counted from what was recorded until an instant. Always: screened = eligible +
// ineligible; eligible >= declined + consented; consented = screen_failed + completed + withdrawn +
// lost + deceased + going_on, because each participant stands at exactly one of these.
#ifndef REPRISE_COHORT_DOMAIN_FLOW_FLOW_H_
#define REPRISE_COHORT_DOMAIN_FLOW_FLOW_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"

namespace reprise::cohort {

// Attempts of screening at one site in one month.
struct ScreeningCell {
  std::string site = {};   // code
  std::string month = {};  // "2025-06", of the screening
  bool eligible = false;
  int64_t attempts = 0;
  int64_t declined = 0;  // of them
};

enum class EventKind {
  kConsented, kScreenFailed, kEnrolled, kCompleted, kStoppedIntervention, kWithdrawn, kLost, kFound, kDeceased
};

struct Event {
  EventKind kind = EventKind::kConsented;
  absl::CivilDay date;
};

// A participant who consented.
struct Person {
  std::string participant_id = {};
  std::string site = {};
  absl::CivilDay consent_date = {};
  int protocol_version = 0;
  absl::CivilDay today = {};           // the day of the instant, at her site
  std::optional<std::string> arm = {};  // once allocated
  std::optional<absl::CivilDay> randomised_date = {};
  std::vector<Event> events = {};      // in the order of recording
};

enum class Standing { kGoingOn, kScreenFailed, kCompleted, kWithdrawn, kLost, kDeceased };

// Where she stands, and since when. Death is final; whoever is found goes on; somebody who withdrew or
// completed is not lost.
struct Stand {
  Standing standing = Standing::kGoingOn;
  absl::CivilDay since = {};
};
Stand StandOf(const Person& person);
// The first event of a kind.
std::optional<absl::CivilDay> DateOf(const Person& person, EventKind kind);

struct FlowCounts {
  std::string site = {};   // empty: all
  std::string month = {};  // empty: all
  int64_t screened = 0, eligible = 0, ineligible = 0, declined = 0, consented = 0, screen_failed = 0,
          enrolled = 0, randomised = 0, completed = 0, withdrawn = 0, intervention_stopped = 0, lost = 0,
          deceased = 0, going_on = 0;
};

struct ArmCount {
  std::string arm = {};
  int64_t allocated = 0;
  int64_t left = 0;  // withdrawn, lost or dead
  int64_t completed = 0;
};

struct Flow {
  FlowCounts total;
  std::vector<FlowCounts> by_site;   // one a site of `sites`
  std::vector<FlowCounts> by_month;  // by site and month, where anything happened
  std::vector<ArmCount> by_arm;      // by code
};

// A step counts in the month in which it happened; `declined` in the month of the screening, because
// a refusal has no day of its own; `going_on` in that of the consent.
Flow CountFlow(absl::Span<const std::string> sites, absl::Span<const ScreeningCell> screenings,
               absl::Span<const Person> people);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_DOMAIN_FLOW_FLOW_H_
