// SPDX-License-Identifier: Apache-2.0
// Between enrolment.v1 and the service's own types.
#ifndef REPRISE_ENROLMENT_CONVERT_H_
#define REPRISE_ENROLMENT_CONVERT_H_

#include "reprise/enrolment/v1/participant.pb.h"

#include "services/enrolment/domain/note.h"
#include "services/enrolment/domain/participant.h"

namespace reprise::enrolment {

v1::Participant ToProto(const Participant& participant);
v1::ParticipantNote ToProto(const Note& note);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_CONVERT_H_
