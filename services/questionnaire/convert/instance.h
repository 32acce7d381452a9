// SPDX-License-Identifier: Apache-2.0
// Instruments and instances as questionnaire.v1 has them.
#ifndef REPRISE_QUESTIONNAIRE_CONVERT_INSTANCE_H_
#define REPRISE_QUESTIONNAIRE_CONVERT_INSTANCE_H_

#include "reprise/questionnaire/v1/response.pb.h"

#include "services/questionnaire/store/instrument_store.h"
#include "services/questionnaire/store/response_store.h"

namespace reprise::questionnaire {

v1::InstrumentVersion ToProto(const InstrumentVersion& version);
v1::Instance ToProto(const Instance& instance);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_CONVERT_INSTANCE_H_
