// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/endpoint/report_table.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

#include "clients/cli/offline/endpoint/derived_table.h"
#include "services/phase/domain/endpoint/derive.h"
#include "services/phase/domain/endpoint/landmark.h"
#include "services/platform/text/number.h"
#include "services/platform/time/clock.h"

namespace reprise::cli {
namespace {

using endpoint::Definition;
using endpoint::EventStatus;
using endpoint::Kind;
using endpoint::LandmarkAnswer;
using endpoint::LandmarkState;
using endpoint::MissingDatum;
using endpoint::TimeToEvent;

struct Line {
  std::string measure;
  std::optional<int> day;
  std::string state;
  std::string value;
  std::string missing;
  std::optional<int> missing_from;
  std::optional<int> missing_to;
  std::string explanation;
};

const char* StateName(const std::optional<TimeToEvent>& result) {
  if (!result.has_value()) return "not_computable";
  switch (result->status) {
    case EventStatus::kEvent: return "event";
    case EventStatus::kCompeting: return "competing_event";
    case EventStatus::kCensored: return "censored";
  }
  return "";
}

const char* StateName(LandmarkState state) {
  switch (state) {
    case LandmarkState::kReached: return "reached";
    case LandmarkState::kNotReached: return "not_reached";
    case LandmarkState::kNotAscertainable: return "not_yet_ascertainable";
  }
  return "";
}

const char* MissingName(MissingDatum missing) {
  switch (missing) {
    case MissingDatum::kNone: return "";
    case MissingDatum::kClockStart: return "clock_start";
    case MissingDatum::kIndexDate: return "index_date";
    case MissingDatum::kWorkStatus: return "work_status";
    case MissingDatum::kRunContinues: return "work_status_of_current_run";
    case MissingDatum::kNothingCan: return "nothing_can_settle_it";
  }
  return "";
}

// Writes the lines of one participant and definition.
class Writer {
 public:
  Writer(const CohortMember& member, const Definition& definition, bool french, std::string clock,
         std::string inputs_hash)
      : member_(member), definition_(definition), french_(french), clock_(std::move(clock)),
        date0_(endpoint::ClockDate(member.participant, definition.clock)),
        definition_hash_(endpoint::DefinitionHash(definition)),
        inputs_hash_(std::move(inputs_hash)) {}

  // `from` is the day from which `result` counts: 0, or the return that a recurrence follows.
  Line Time(const std::optional<TimeToEvent>& result, std::optional<int> from) const {
    Line line{.measure = "time", .day = {}, .state = StateName(result), .value = "",
              .missing = "", .missing_from = {}, .missing_to = {}, .explanation = ""};
    if (result.has_value()) {
      line.value = absl::StrCat(result->time);
      line.day = from.value_or(0) + result->time;
    }
    return line;
  }

  Line Landmark(std::string measure, const LandmarkAnswer& answer) const {
    Line line{.measure = std::move(measure), .day = answer.day, .state = StateName(answer.state),
              .value = answer.state == LandmarkState::kReached      ? "1"
                       : answer.state == LandmarkState::kNotReached ? "0"
                                                                    : "",
              .missing = MissingName(answer.missing), .missing_from = {}, .missing_to = {},
              .explanation = ""};
    if (answer.missing == MissingDatum::kWorkStatus ||
        answer.missing == MissingDatum::kRunContinues) {
      line.missing_from = answer.from_day;
      line.missing_to = answer.to_day;
    }
    if (answer.missing == MissingDatum::kNothingCan) line.missing_from = answer.from_day;
    line.explanation = Explain(answer);
    return line;
  }

  std::vector<std::string> Cells(const Line& line) const {
    return {member_.dataset, member_.subject_id, definition_.id, absl::StrCat(definition_.version),
            clock_, line.measure, Day(line.day), Date(line.day), line.state, line.value,
            line.missing, Day(line.missing_from), Day(line.missing_to), Date(line.missing_from),
            Date(line.missing_to), line.explanation, definition_hash_, inputs_hash_};
  }

 private:
  static std::string Day(std::optional<int> day) {
    return day.has_value() ? absl::StrCat(*day) : std::string();
  }
  std::string Date(std::optional<int> day) const {
    return day.has_value() && date0_.has_value() ? FormatDate(*date0_ + *day) : std::string();
  }

  // "day 148" or "jour 148", with the calendar day where it is known.
  std::string Spoken(int day) const {
    std::string text = absl::StrCat(french_ ? "jour " : "day ", day);
    if (!date0_.has_value()) return text;
    const absl::CivilDay date = *date0_ + day;
    absl::StrAppend(&text, " (",
                    french_
                        ? absl::StrFormat("%02d/%02d/%04d", date.day(), date.month(), date.year())
                        : FormatDate(date),
                    ")");
    return text;
  }

  std::string Explain(const LandmarkAnswer& answer) const {
    switch (answer.missing) {
      case MissingDatum::kNone:
        return "";
      case MissingDatum::kClockStart:
        if (definition_.clock == endpoint::ClockStart::kRandomisation) {
          return french_ ? "Il manque le jour de la randomisation."
                         : "The day of randomisation is missing.";
        }
        return french_ ? "Il manque le jour de la fin du traitement actif (T0)."
                       : "The day of the end of active treatment (T0) is missing.";
      case MissingDatum::kIndexDate:
        return french_ ? "Il manque la date calendaire de la fin du traitement actif (T0)."
                       : "The calendar date of the end of active treatment (T0) is missing.";
      case MissingDatum::kWorkStatus:
        return french_
                   ? absl::StrCat("Il manque la situation de travail du ", Spoken(answer.from_day),
                                  " au ", Spoken(answer.to_day - 1), " inclus.")
                   : absl::StrCat("The work status from ", Spoken(answer.from_day), " to ",
                                  Spoken(answer.to_day - 1), " inclusive is missing.");
      case MissingDatum::kRunContinues:
        return french_ ? absl::StrCat("Une reprise est en cours : la réponse est oui si elle se "
                                      "poursuit jusqu'au ",
                                      Spoken(answer.to_day - 1), " inclus.")
                       : absl::StrCat("A return is under way: the answer is yes if it lasts to ",
                                      Spoken(answer.to_day - 1), " inclusive.");
      case MissingDatum::kNothingCan:
        return french_ ? absl::StrCat("L'observation de ce critère prend fin au ",
                                      Spoken(answer.from_day),
                                      " (congé de maternité ou autre situation qui censure).")
                       : absl::StrCat("The observation of this endpoint ends on ",
                                      Spoken(answer.from_day),
                                      " (maternity leave or another censoring status).");
    }
    return "";
  }

  const CohortMember& member_;
  const Definition& definition_;
  const bool french_;
  const std::string clock_;
  const std::optional<absl::CivilDay> date0_;
  const std::string definition_hash_;
  const std::string inputs_hash_;
};

Line Measure(std::string name, std::string value) {
  Line line;
  line.measure = std::move(name);
  line.state = value.empty() ? "not_computable" : "observed";
  line.value = std::move(value);
  return line;
}

std::string Number(std::optional<double> value) {
  return value.has_value() ? text::FormatDouble(*value) : std::string();
}

std::vector<Line> AbsenceLines(const CohortMember& member, const Definition& d) {
  const auto absence = endpoint::DeriveAbsence(member.participant, member.episodes, d);
  const auto count = [&](int endpoint::Absence::*field) {
    return absence.has_value() ? absl::StrCat((*absence).*field) : std::string();
  };
  return {Measure("observed_days", count(&endpoint::Absence::observed_days)),
          Measure("sick_days", count(&endpoint::Absence::sick_days)),
          Measure("fte_days_lost", absence ? Number(absence->fte_days_lost) : ""),
          Measure("fte_days_worked", absence ? Number(absence->fte_days_worked) : ""),
          Measure("unknown_days", count(&endpoint::Absence::unknown_days))};
}

std::vector<Line> Lines(const CohortMember& member, const Definition& d, const Definition* after,
                        const Writer& writer) {
  if (d.kind == Kind::kAbsence) return AbsenceLines(member, d);
  if (d.kind == Kind::kRecurrence) {
    const auto start = endpoint::DeriveReturn(member.participant, member.episodes, *after);
    const auto result = endpoint::DeriveRecurrence(member.participant, member.episodes, *after,
                                                   start, d.run_days);
    return {
        writer.Time(result, start.has_value() ? std::optional<int>(start->time) : std::nullopt)};
  }
  const auto result = endpoint::DeriveReturn(member.participant, member.episodes, d);
  std::vector<Line> lines = {writer.Time(result, 0)};
  for (const int day : d.landmark_days) {
    lines.push_back(
        writer.Landmark(absl::StrCat("by_day_", day), endpoint::ReadLandmark(result, d, day)));
  }
  for (const int months : d.landmark_months) {
    lines.push_back(
        writer.Landmark(absl::StrCat("by_month_", months),
                        endpoint::ReadLandmarkMonth(member.participant, result, d, months)));
  }
  return lines;
}

}  // namespace

text::CsvTable ReportTable(absl::Span<const CohortMember> members,
                           const std::vector<Definition>& chosen,
                           const std::vector<Definition>& all, bool french) {
  text::CsvTable table;
  table.header = {"dataset", "subject_id", "definition", "version", "clock", "measure", "day",
                  "date", "state", "value", "missing", "missing_from_day", "missing_to_day",
                  "missing_from_date", "missing_to_date", "explanation", "definition_sha256",
                  "inputs_sha256"};
  for (const CohortMember& member : members) {
    const std::string hash = endpoint::InputsHash(member.participant, member.episodes);
    for (const Definition& d : chosen) {
      const Definition* after = d.kind == Kind::kRecurrence ? &AfterOf(d, all) : nullptr;
      const endpoint::ClockStart clock = after != nullptr ? after->clock : d.clock;
      const Writer writer(member, d, french,
                          clock == endpoint::ClockStart::kRandomisation ? "randomisation"
                                                                        : "end_of_active_treatment",
                          hash);
      for (const Line& line : Lines(member, d, after, writer)) {
        table.rows.push_back(writer.Cells(line));
      }
    }
  }
  return table;
}

}  // namespace reprise::cli
