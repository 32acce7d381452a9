// SPDX-License-Identifier: Apache-2.0
// The faults of timelines, one named function each, so that the checks hold no message text.
// `episode` is a position as in Fault; `column` the faulty field.
#ifndef REPRISE_PHASE_DOMAIN_ENDPOINT_ERRORS_H_
#define REPRISE_PHASE_DOMAIN_ENDPOINT_ERRORS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "services/phase/domain/endpoint/timeline.h"

namespace reprise::endpoint {

// The column that holds the worked share by this denominator.
absl::string_view FractionColumn(Denominator denominator);

Fault DayOutOfRange(int episode, absl::string_view column);
Fault ObservationEndsBeforeIndex();
Fault ObservationEndsBeforeRandomisation();
Fault CompetingDayOutOfObservation();
Fault CompetingDayMissing();
Fault IndexDateWithoutDay();
Fault EndsBeforeStart(int episode);
Fault AfterDeath(int episode);
Fault FractionOutOfRange(int episode, absl::string_view column);
Fault FractionNotZero(int episode, absl::string_view column);
Fault FractionMissing(int episode, absl::string_view column);
Fault EpisodesOverlap(int episode, WorkStatus earlier, WorkStatus later);

// INVALID_ARGUMENT for files of definitions and rules; `place` is `file`, `file:line` or
// `file definition 3`.
absl::Status YamlMalformed(absl::string_view place, absl::string_view what);
absl::Status FieldInvalid(absl::string_view place, absl::string_view field, absl::string_view what);
// NOT_FOUND, with the ids that exist.
absl::Status DefinitionUnknown(absl::string_view id, absl::string_view known);

}  // namespace reprise::endpoint

#endif  // REPRISE_PHASE_DOMAIN_ENDPOINT_ERRORS_H_
