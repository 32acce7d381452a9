// SPDX-License-Identifier: Apache-2.0
// A published instrument as a page fills it in.
#ifndef REPRISE_QUESTIONNAIRE_CONVERT_FORM_H_
#define REPRISE_QUESTIONNAIRE_CONVERT_FORM_H_

#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::questionnaire {

// Field by field.
v1::Instrument ToProto(instrument::Instrument instrument);

// Without what is only for the study team: annotations, scores, alerts.
instrument::Instrument ForParticipants(instrument::Instrument instrument);

// The instrument, and each of its expressions as a tree. Requires an instrument without errors.
v1::Form FormOf(const instrument::Instrument& instrument);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_CONVERT_FORM_H_
