// SPDX-License-Identifier: Apache-2.0
// Who is in an extract, and what is said of her: one entry a participant, ordered by pseudonym. Days
// count from consent. Pure.
#ifndef REPRISE_EXTRACT_DOMAIN_DELIVERY_ROSTER_H_
#define REPRISE_EXTRACT_DOMAIN_DELIVERY_ROSTER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

#include "services/extract/domain/preparation/pseudonym.h"

namespace reprise::extract {

// Of the participation's lifecycle, recorded until the cut.
struct LifeEvent {
  std::string kind;        // as enrolment.event has it
  std::string withdrawal;  // INTERVENTION, CONTACT, ALL, ALL_WITH_ERASURE, or empty
  absl::CivilDay date;
};

struct Participant {
  std::string participant_id = {};  // never written
  std::string pseudonym = {};
  std::string site = {};  // code
  std::string arm = {};   // empty: not allocated
  std::string protocol_version = {};
  absl::CivilDay consent_date = {};
  std::optional<int> age_at_consent = {};
  std::optional<absl::CivilDay> randomised_date = {};
  std::optional<absl::CivilDay> t0_date = {};
  std::vector<LifeEvent> events = {};  // in the order of recording
  bool data_withdrawn = false;  // she withdrew everything after the cut, or asked for erasure ever
};

struct Roster {
  std::vector<Participant> participants;  // by pseudonym
  int withdrawn = 0;                      // left out
};

// Leaves out whoever withdrew her data, names the others and orders them.
Roster MakeRoster(std::vector<Participant> found, const preparation::ExtractKey& key,
                  const std::string& study_id);

// CONSENTED, SCREEN_FAILED, ENROLLED, RANDOMISED, COMPLETED, WITHDRAWN, LOST or DECEASED. Withdrawal
// from the intervention alone leaves the rest as it was.
std::string StatusOf(const Participant& participant);

// Five years, `45-49`; empty where it is not known.
std::string AgeBand(std::optional<int> age);

// Days from her consent; empty for none.
std::string DayOf(const Participant& participant, std::optional<absl::CivilDay> date);

// The fields of a line of participants.csv, in the order of ParticipantColumns().
std::vector<std::string> ParticipantLine(const Participant& participant, const std::string& stage);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_DOMAIN_DELIVERY_ROSTER_H_
