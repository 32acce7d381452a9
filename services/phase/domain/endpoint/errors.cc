// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/errors.h"

#include <string>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::endpoint {
namespace {

Fault Make(int episode, absl::string_view field, absl::string_view reason,
           absl::string_view message) {
  return {.episode = episode, .field = std::string(field), .reason = std::string(reason),
          .message = std::string(message)};
}

}  // namespace

absl::string_view FractionColumn(Denominator denominator) {
  switch (denominator) {
    case Denominator::kPreDiagnosis: return "work_fraction";
    case Denominator::kCurrentContract: return "work_fraction_current_contract";
    case Denominator::kFullTime: return "work_fraction_full_time";
  }
  return "";
}

Fault DayOutOfRange(int episode, absl::string_view column) {
  return Make(episode, column, "DAY_OUT_OF_RANGE",
              absl::StrCat("The day must lie between -", kDayLimit, " and ", kDayLimit, "."));
}

Fault ObservationEndsBeforeIndex() {
  return Make(-1, "obs_end_day", "OBSERVATION_ENDS_BEFORE_INDEX",
              "Observation ends before the index day.");
}

Fault ObservationEndsBeforeRandomisation() {
  return Make(-1, "obs_end_day", "OBSERVATION_ENDS_BEFORE_RANDOMISATION",
              "Observation ends before the day of randomisation.");
}

Fault CompetingDayOutOfObservation() {
  return Make(-1, "competing_day", "COMPETING_DAY_OUT_OF_OBSERVATION",
              "The competing event must lie between the index day and the end of observation.");
}

Fault CompetingDayMissing() {
  return Make(-1, "competing_day", "COMPETING_DAY_MISSING",
              "A competing event is named but its day is not.");
}

Fault IndexDateWithoutDay() {
  return Make(-1, "index_date", "INDEX_DATE_WITHOUT_DAY",
              "The index has a calendar date but no day number.");
}

Fault EndsBeforeStart(int episode) {
  return Make(episode, "end_day", "EPISODE_ENDS_BEFORE_START",
              "The episode must end after it starts; end_day is the first day that no longer "
              "belongs to it.");
}

Fault AfterDeath(int episode) {
  return Make(episode, "start_day", "EPISODE_AFTER_DEATH",
              "The episode starts on or after the day of death.");
}

Fault FractionOutOfRange(int episode, absl::string_view column) {
  return Make(episode, column, "FRACTION_OUT_OF_RANGE",
              "The worked fraction must lie between 0 and 1.");
}

Fault FractionNotZero(int episode, absl::string_view column) {
  return Make(episode, column, "FRACTION_NOT_ZERO",
              "SICK, LEAVE, MATERNITY and UNEMPLOYED are absence from work: their worked fraction "
              "is 0 or empty.");
}

Fault FractionMissing(int episode, absl::string_view column) {
  return Make(episode, column, "FRACTION_MISSING",
              "WORK and PARTIAL need the worked fraction.");
}

Fault EpisodesOverlap(int episode, WorkStatus earlier, WorkStatus later) {
  return Make(
      episode, "start_day", "EPISODES_OVERLAP",
      absl::StrCat("This ", std::string(NameOf(later)), " episode starts before an earlier ",
                   std::string(NameOf(earlier)), " episode of the participant ends."));
}

absl::Status YamlMalformed(absl::string_view place, absl::string_view what) {
  return error::InvalidField(place, "YAML_MALFORMED", what);
}

absl::Status FieldInvalid(absl::string_view place, absl::string_view field,
                          absl::string_view what) {
  return error::InvalidField(absl::StrCat(std::string(place), ", ", std::string(field)),
                             "FIELD_INVALID", what);
}

absl::Status DefinitionUnknown(absl::string_view id, absl::string_view known) {
  return error::Make(absl::StatusCode::kNotFound, "DEFINITION_UNKNOWN",
                     "No endpoint definition has this id.",
                     {{"definition", std::string(id)}, {"known", std::string(known)}});
}

}  // namespace reprise::endpoint
