// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/roster.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace reprise::extract {
namespace {

constexpr int kBandYears = 5;

// The first event that `matches`; none: none.
template <typename Matches>
std::optional<absl::CivilDay> FirstDay(const Participant& participant, Matches matches) {
  std::optional<absl::CivilDay> first;
  for (const LifeEvent& event : participant.events) {
    if (matches(event) && (!first.has_value() || event.date < *first)) first = event.date;
  }
  return first;
}

std::optional<absl::CivilDay> DayOfKind(const Participant& participant, absl::string_view kind) {
  return FirstDay(participant, [&](const LifeEvent& event) { return event.kind == kind; });
}

// The furthest kind of withdrawal, or empty.
std::string WithdrawalOf(const Participant& participant) {
  std::string furthest;
  for (const char* const kind : {"INTERVENTION", "CONTACT", "ALL", "ALL_WITH_ERASURE"}) {
    for (const LifeEvent& event : participant.events) {
      if (event.withdrawal == kind) furthest = kind;
    }
  }
  return furthest;
}

}  // namespace

Roster MakeRoster(std::vector<Participant> found, const preparation::ExtractKey& key,
                  const std::string& study_id) {
  Roster roster;
  roster.participants.reserve(found.size());
  for (Participant& participant : found) {
    if (participant.data_withdrawn) {
      ++roster.withdrawn;
      continue;
    }
    participant.pseudonym = key.Pseudonym(study_id, participant.participant_id);
    roster.participants.push_back(std::move(participant));
  }
  std::sort(roster.participants.begin(), roster.participants.end(),
            [](const Participant& a, const Participant& b) { return a.pseudonym < b.pseudonym; });
  return roster;
}

std::string StatusOf(const Participant& participant) {
  std::string status = "CONSENTED";
  std::string before_lost;
  for (const LifeEvent& event : participant.events) {
    if (status == "DECEASED") break;
    if (event.kind == "FOUND") {
      if (status == "LOST") status = before_lost;
      continue;
    }
    if (event.kind == "CONSENTED" || event.withdrawal == "INTERVENTION") continue;
    if (event.kind == "LOST") before_lost = status;
    status = event.kind;
  }
  return status == "ENROLLED" && !participant.arm.empty() ? "RANDOMISED" : status;
}

std::string AgeBand(std::optional<int> age) {
  if (!age.has_value()) return "";
  const int low = *age / kBandYears * kBandYears;
  return absl::StrCat(low, "-", low + kBandYears - 1);
}

std::string DayOf(const Participant& participant, std::optional<absl::CivilDay> date) {
  if (!date.has_value()) return "";
  return absl::StrCat(*date - participant.consent_date);
}

std::vector<std::string> ParticipantLine(const Participant& participant, const std::string& stage) {
  const auto day = [&](std::optional<absl::CivilDay> date) { return DayOf(participant, date); };
  const auto withdrawn = FirstDay(participant, [](const LifeEvent& e) { return !e.withdrawal.empty(); });
  return {participant.pseudonym,
          stage,
          participant.site,
          participant.arm,
          StatusOf(participant),
          AgeBand(participant.age_at_consent),
          participant.protocol_version,
          day(DayOfKind(participant, "ENROLLED")),
          day(participant.randomised_date),
          day(participant.t0_date),
          WithdrawalOf(participant),
          day(withdrawn),
          day(DayOfKind(participant, "DECEASED")),
          day(DayOfKind(participant, "COMPLETED"))};
}

}  // namespace reprise::extract
