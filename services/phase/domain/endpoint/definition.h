// SPDX-License-Identifier: Apache-2.0
// What an endpoint means, as data: id, version and parameters, read from YAML. The definitions that
// ship stand in definitions.yaml, which explains every field; a study may replace them.
#ifndef REPRISE_PHASE_DOMAIN_ENDPOINT_DEFINITION_H_
#define REPRISE_PHASE_DOMAIN_ENDPOINT_DEFINITION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/phase/domain/endpoint/timeline.h"

namespace reprise::endpoint {

// Which question a definition asks: time to a run of work, days in a window, or time from an
// earlier return to a run of full sick leave.
enum class Kind : uint8_t { kReturn, kAbsence, kRecurrence };
// Day 0: the end of active treatment (T0), or randomisation.
enum class ClockStart : uint8_t { kEndOfActiveTreatment, kRandomisation };

struct Definition {
  std::string id;       // "SRTW-50-28"
  int version = 1;      // >= 1; any change of a parameter is a new version
  Kind kind = Kind::kReturn;
  bool by_default = true;  // derived where no definition is asked for by id
  ClockStart clock = ClockStart::kEndOfActiveTreatment;
  Denominator denominator = Denominator::kPreDiagnosis;

  // kReturn: a day counts with worked fraction >= fraction, or > fraction where `above`.
  double fraction = 0.5;
  bool above = false;
  int duration_days = 28;            // 0: the first counting day is the event, nothing to confirm
  std::vector<WorkStatus> neutral;   // bridge a run, never start or end it
  std::vector<WorkStatus> censoring; // observation for this endpoint ends where one starts
  std::vector<int> landmark_days;    // days after the clock's start
  std::vector<int> landmark_months;  // calendar months after it, clamped to the month's end

  // kAbsence: days [0, window_days).
  int window_days = 365;
  // kRecurrence: first run of >= run_days full sick days after the return of `after`.
  int run_days = 14;
  std::string after;

  // Names of the exported columns: `<stem>_time`, `<stem>_status`; landmarks only where
  // landmark_stem is set; the naive censoring column only where asked for.
  std::string stem;
  std::string landmark_stem;
  bool naive_column = false;
};

// Reads definitions, in order.
//   INVALID_ARGUMENT YAML_MALFORMED (not YAML, not UTF-8, or over 1 MiB)
//   INVALID_ARGUMENT FIELD_INVALID naming definition and field: unknown field or value, out of
//     range, an id twice, `after` naming no earlier return
absl::StatusOr<std::vector<Definition>> ParseDefinitions(absl::string_view yaml,
                                                         absl::string_view file_name);

// Those of definitions.yaml, as embedded when the program was built.
const char* ShippedDefinitions();

// One line with every parameter, equal for definitions that derive the same: what a result's
// definition hash covers.
std::string CanonicalText(const Definition& definition);

}  // namespace reprise::endpoint

#endif  // REPRISE_PHASE_DOMAIN_ENDPOINT_DEFINITION_H_
