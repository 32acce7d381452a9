// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/legal/errors.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace reprise::legal {
namespace {

HistoryFault OfLeave(int at, absl::string_view field, absl::string_view reason,
                     absl::string_view message) {
  return {.prescription = at, .event = -1, .field = std::string(field),
          .reason = std::string(reason), .message = std::string(message)};
}

HistoryFault OfEvent(int at, absl::string_view field, absl::string_view reason,
                     absl::string_view message) {
  return {.prescription = -1, .event = at, .field = std::string(field),
          .reason = std::string(reason), .message = std::string(message)};
}

}  // namespace

HistoryFault LeaveEndsBeforeStart(int at) {
  return OfLeave(at, "end", "LEAVE_ENDS_BEFORE_START",
                 "The last day of leave lies before the first. / "
                 "Le dernier jour d'arrêt précède le premier.");
}

HistoryFault LeaveTooLong(int at, int max_days) {
  return OfLeave(at, "end", "LEAVE_TOO_LONG",
                 absl::StrCat("One prescription covers at most ", max_days, " days. / "
                              "Une prescription couvre au plus ", max_days, " jours."));
}

HistoryFault EventEndsBeforeStart(int at) {
  return OfEvent(at, "end", "EVENT_ENDS_BEFORE_START",
                 "The event ends before it starts. / L'événement finit avant de commencer.");
}

HistoryFault EventTooLong(int at, int max_days) {
  return OfEvent(at, "end", "EVENT_TOO_LONG",
                 absl::StrCat("An event lasts at most ", max_days, " days. / "
                              "Un événement dure au plus ", max_days, " jours."));
}

HistoryFault EventInFuture(int at) {
  return OfEvent(at, "date", "EVENT_IN_FUTURE",
                 "The event is dated after the day of evaluation. / "
                 "L'événement est daté après le jour de l'évaluation.");
}

HistoryFault RecordedBeforeDate(int at) {
  return OfEvent(at, "recorded_on", "RECORDED_BEFORE_DATE",
                 "The event was recorded before it happened. / "
                 "L'événement a été enregistré avant d'avoir eu lieu.");
}

HistoryFault FieldNotOfEvent(int at, absl::string_view field) {
  return OfEvent(at, field, "FIELD_NOT_OF_EVENT",
                 "This event has no such detail. / Cet événement ne comporte pas ce détail.");
}

HistoryFault WorkingDaysOutOfRange(int at) {
  return OfEvent(at, "working_days", "WORKING_DAYS_OUT_OF_RANGE",
                 "Working days must lie between 1 and 366. / "
                 "Le nombre de jours ouvrables doit être compris entre 1 et 366.");
}

}  // namespace reprise::legal
