// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/answers.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/course/sentences.h"
#include "services/phase/domain/endpoint/derive.h"
#include "services/phase/domain/endpoint/landmark.h"
#include "services/platform/status.h"

namespace reprise::phase {
namespace {

using endpoint::Definition;

std::optional<endpoint::WorkStatus> StatusFor(WorkKind kind) {
  switch (kind) {
    case WorkKind::kSickLeave: return endpoint::WorkStatus::kSick;
    case WorkKind::kTherapeuticPartTime: return endpoint::WorkStatus::kPartial;
    case WorkKind::kFullTime:
    case WorkKind::kContractualPartTime: return endpoint::WorkStatus::kWork;
    case WorkKind::kPaidLeave: return endpoint::WorkStatus::kLeave;
    case WorkKind::kMaternityLeave: return endpoint::WorkStatus::kMaternity;
    case WorkKind::kUnemployed: return endpoint::WorkStatus::kUnemployed;
    case WorkKind::kRetired: return endpoint::WorkStatus::kRetired;
    case WorkKind::kInactive:
    case WorkKind::kTraining: return endpoint::WorkStatus::kOther;
    case WorkKind::kDeceased:
    case WorkKind::kUnknown: return std::nullopt;
  }
  return std::nullopt;
}

int Since(absl::CivilDay origin, absl::CivilDay day) { return static_cast<int>(day - origin); }

// The first day without observation, before deaths.
absl::CivilDay EndOfObservation(const Participation& participation, const Facts& facts, absl::CivilDay today,
                                endpoint::EndReason& reason) {
  // Unknown time at the end is time without observation.
  const auto known = std::find_if(facts.work.rbegin(), facts.work.rend(), [](const WorkEpisode& episode) {
    return episode.kind != WorkKind::kUnknown;
  });
  absl::CivilDay end(1, 1, 1);
  if (known != facts.work.rend()) end = std::min(known->end.value_or(today), today) + 1;
  const auto stop = [&](std::optional<absl::CivilDay> day, endpoint::EndReason why) {
    if (!day.has_value() || *day + 1 >= end) return;
    end = *day + 1;
    reason = why;
  };
  stop(participation.completed, endpoint::EndReason::kAdministrative);
  stop(participation.withdrawal, endpoint::EndReason::kWithdrawal);
  stop(participation.lost, endpoint::EndReason::kLostToFollowUp);
  return end;
}

// The day and kind of what competes with a return, where it happened.
std::optional<absl::CivilDay> CompetingOn(const Participation& participation, const Facts& facts,
                                          endpoint::CompetingEvent& event) {
  std::optional<absl::CivilDay> day = participation.death;
  if (!facts.work.empty() && facts.work.back().kind == WorkKind::kDeceased) {
    day = std::min(day.value_or(facts.work.back().start), facts.work.back().start);
  }
  if (day.has_value()) {
    event = endpoint::CompetingEvent::kDeath;
  } else if (!facts.work.empty() && facts.work.back().kind == WorkKind::kRetired) {
    day = facts.work.back().start;
    event = endpoint::CompetingEvent::kRetirement;
  }
  return day;
}

std::vector<endpoint::Episode> EpisodesUntil(const WorkTimeline& work, absl::CivilDay origin, int end_day) {
  std::vector<endpoint::Episode> episodes;
  for (const WorkEpisode& episode : work) {
    const std::optional<endpoint::WorkStatus> status = StatusFor(episode.kind);
    if (!status.has_value()) continue;
    endpoint::Episode out;
    out.start_day = Since(origin, episode.start);
    out.end_day = episode.end.has_value() ? std::min(Since(origin, *episode.end) + 1, end_day) : end_day;
    out.status = *status;
    if (episode.percent.has_value()) out.fraction[0] = *episode.percent / 100.0;
    if (out.start_day < out.end_day) episodes.push_back(out);
  }
  return endpoint::Normalise(episodes);
}

void Need(Answer& answer, Text text) {
  if (answer.needed.fr.empty()) answer.needed = std::move(text);
}

// Days of the clock that begins at `start`.
Text NeededFor(const endpoint::LandmarkAnswer& landmark, absl::CivilDay start) {
  const absl::CivilDay from = start + landmark.from_day;
  const absl::CivilDay last = start + std::max(landmark.from_day, landmark.to_day - 1);
  switch (landmark.missing) {
    case endpoint::MissingDatum::kClockStart:
    case endpoint::MissingDatum::kIndexDate:
      return {"La date de fin des traitements actifs (T0).", "The date of the end of active treatment (T0)."};
    case endpoint::MissingDatum::kWorkStatus:
      return Text{"La situation de travail ", "The work status "} + Days(from, last) + Same(".");
    case endpoint::MissingDatum::kRunContinues:
      return Text{"Si la période de travail en cours dure jusqu'au ",
                  "Whether the present period of work lasts until "} + Day(last) + Same(".");
    case endpoint::MissingDatum::kNothingCan:
      return Text{"Rien ne peut le trancher : un congé de maternité a mis fin à l'observation le ",
                  "Nothing can settle it: a maternity leave ended the observation on "} + Day(from) + Same(".");
    case endpoint::MissingDatum::kNone: return {};
  }
  return {};
}

absl::string_view NameOf(endpoint::LandmarkState state) {
  switch (state) {
    case endpoint::LandmarkState::kReached: return "reached";
    case endpoint::LandmarkState::kNotReached: return "not_reached";
    case endpoint::LandmarkState::kNotAscertainable: return "not_ascertainable";
  }
  return "";
}

void AnswerReturn(const Observed& seen, const Definition& definition,
                  const std::optional<endpoint::TimeToEvent>& result, Answer& answer) {
  const std::optional<absl::CivilDay> start = endpoint::ClockDate(seen.participant, definition.clock);
  if (!result.has_value() || !start.has_value()) {
    answer.state = "not_ascertainable";
    Need(answer, definition.clock == endpoint::ClockStart::kRandomisation && seen.participant.index_day
                     ? Text{"La date de randomisation.", "The date of randomisation."}
                     : Text{"La date de fin des traitements actifs (T0).",
                            "The date of the end of active treatment (T0)."});
  } else if (result->status == endpoint::EventStatus::kEvent) {
    answer.state = "reached";
    answer.reached = *start + result->time;
    answer.days = result->time;
  } else if (result->status == endpoint::EventStatus::kCompeting) {
    answer.state = "competing";
  } else {
    const bool seen_at_all = seen.participant.obs_end_day > Since(seen.origin, *start);
    answer.state = result->ended_by_status || !seen_at_all ? "not_ascertainable" : "not_reached";
  }
  const absl::string_view clock = definition.clock == endpoint::ClockStart::kRandomisation ? "R" : "T0";
  for (const int months : definition.landmark_months) {
    const endpoint::LandmarkAnswer landmark =
        endpoint::ReadLandmarkMonth(seen.participant, result, definition, months);
    answer.landmarks[absl::StrCat(clock, "+", months, "m")] = std::string(NameOf(landmark.state));
    if (landmark.state == endpoint::LandmarkState::kNotAscertainable) {
      Need(answer, NeededFor(landmark, start.value_or(seen.origin)));
    }
  }
  if (answer.state == "not_ascertainable" && start.has_value()) {
    Need(answer, Text{"La situation de travail à partir du ", "The work status from "} + Day(*start) + Same("."));
  }
}

void AnswerAbsence(const Observed& seen, const Definition& definition, Answer& answer) {
  const auto absence = endpoint::DeriveAbsence(seen.participant, seen.episodes, definition);
  answer.state = "not_ascertainable";
  if (!absence.has_value()) {
    Need(answer, {"La date de fin des traitements actifs (T0).", "The date of the end of active treatment (T0)."});
    return;
  }
  answer.days = absence->sick_days;
  if (absence->observed_days - absence->unknown_days >= definition.window_days) {
    answer.state = "reached";
  } else if (const auto start = endpoint::ClockDate(seen.participant, definition.clock); start.has_value()) {
    Need(answer, Text{"La situation de travail ", "The work status "} +
                     Days(*start, *start + (definition.window_days - 1)) + Same("."));
  }
}

const Definition* Find(const std::vector<Definition>& definitions, const std::string& id) {
  const auto at = std::find_if(definitions.begin(), definitions.end(),
                               [&](const Definition& definition) { return definition.id == id; });
  return at == definitions.end() ? nullptr : &*at;
}

void AnswerRecurrence(const std::vector<Definition>& definitions, const Observed& seen,
                      const Definition& definition, Answer& answer) {
  const Definition* const after = Find(definitions, definition.after);
  REPRISE_CHECK(after != nullptr);  // ParseDefinitions saw to it
  const auto back = endpoint::DeriveReturn(seen.participant, seen.episodes, *after);
  const auto result =
      endpoint::DeriveRecurrence(seen.participant, seen.episodes, *after, back, definition.run_days);
  const auto start = endpoint::ClockDate(seen.participant, after->clock);
  answer.state = "not_ascertainable";
  if (!result.has_value() || !back.has_value() || !start.has_value()) {
    Need(answer, {"Une reprise durable.", "A sustained return."});
    return;
  }
  answer.state = result->status == endpoint::EventStatus::kEvent ? "reached" : "not_reached";
  if (result->status == endpoint::EventStatus::kCompeting) answer.state = "competing";
  if (answer.state != "reached") return;
  answer.days = result->time;
  answer.reached = *start + (back->time + result->time);
}

}  // namespace

Observed ObservedOf(const Participation& participation, const Facts& facts, absl::CivilDay today) {
  const std::optional<absl::CivilDay> t0 = DateOf(facts.milestones, MilestoneKind::kActiveTreatmentEnd);
  Observed seen;
  seen.origin = t0.value_or(absl::CivilDay(1970, 1, 1));
  endpoint::Participant& participant = seen.participant;
  const absl::CivilDay end = EndOfObservation(participation, facts, today, participant.end_reason);
  participant.obs_end_day = Since(seen.origin, std::max(end, t0.value_or(end)));
  if (t0.has_value()) {
    participant.index_day = 0;
    participant.index_date = *t0;
  }
  if (participation.randomised.has_value() && *participation.randomised <= end) {
    participant.randomisation_day = Since(seen.origin, *participation.randomised);
  }
  endpoint::CompetingEvent event = endpoint::CompetingEvent::kNone;
  if (const auto day = CompetingOn(participation, facts, event); day.has_value() && t0.has_value()) {
    const int at = Since(seen.origin, *day);
    if (at >= 0 && at <= participant.obs_end_day) {
      participant.competing = event;
      participant.competing_day = at;
    }
  }
  const int last = participant.competing == endpoint::CompetingEvent::kDeath
                       ? std::min(participant.obs_end_day, *participant.competing_day)
                       : participant.obs_end_day;
  seen.episodes = EpisodesUntil(facts.work, seen.origin, last);
  REPRISE_CHECK(endpoint::CheckParticipant(participant).empty());
  REPRISE_CHECK(endpoint::CheckEpisodes(participant, seen.episodes).empty());
  return seen;
}

std::vector<Answer> AnswersOf(const std::vector<Definition>& definitions, const Protocol& protocol,
                              const Participation& participation, const Facts& facts, absl::CivilDay today) {
  const Observed seen = ObservedOf(participation, facts, today);
  const std::string hash = endpoint::InputsHash(seen.participant, seen.episodes);
  std::optional<int> sick_days;
  if (seen.participant.index_day.has_value()) {
    Definition whole;
    whole.kind = endpoint::Kind::kAbsence;
    whole.window_days = std::max(seen.participant.obs_end_day, 1);
    const auto absence = endpoint::DeriveAbsence(seen.participant, seen.episodes, whole);
    if (absence.has_value()) sick_days = absence->sick_days;
  }
  std::vector<Answer> answers;
  for (const EndpointRule& rule : protocol.endpoints) {
    Answer answer{.definition = rule.definition, .version = rule.version, .state = "not_ascertainable",
                  .reached = {}, .days = {}, .landmarks = {}, .needed = {}, .sick_days = sick_days,
                  .inputs_hash = hash};
    const Definition* const definition = Find(definitions, rule.definition);
    if (definition == nullptr || definition->version != rule.version) {
      answer.needed = {"Cette version de la définition n'est pas livrée avec le programme.",
                       "This version of the definition does not ship with the program."};
    } else if (definition->kind == endpoint::Kind::kReturn) {
      AnswerReturn(seen, *definition,
                   endpoint::DeriveReturn(seen.participant, seen.episodes, *definition), answer);
    } else if (definition->kind == endpoint::Kind::kAbsence) {
      AnswerAbsence(seen, *definition, answer);
    } else {
      AnswerRecurrence(definitions, seen, *definition, answer);
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace reprise::phase
