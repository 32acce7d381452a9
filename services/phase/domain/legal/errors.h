// SPDX-License-Identifier: Apache-2.0
// The faults of leaves and events, one named function each. `at` is a position as in HistoryFault.
#ifndef REPRISE_PHASE_DOMAIN_LEGAL_ERRORS_H_
#define REPRISE_PHASE_DOMAIN_LEGAL_ERRORS_H_

#include "absl/strings/string_view.h"

#include "services/phase/domain/legal/episode.h"

namespace reprise::legal {

HistoryFault LeaveEndsBeforeStart(int at);
HistoryFault LeaveTooLong(int at, int max_days);
HistoryFault EventEndsBeforeStart(int at);
HistoryFault EventTooLong(int at, int max_days);
HistoryFault EventInFuture(int at);
HistoryFault RecordedBeforeDate(int at);
HistoryFault FieldNotOfEvent(int at, absl::string_view field);
HistoryFault WorkingDaysOutOfRange(int at);

}  // namespace reprise::legal

#endif  // REPRISE_PHASE_DOMAIN_LEGAL_ERRORS_H_
