// SPDX-License-Identifier: Apache-2.0
// Instruments and instances as questionnaire.v1 has them.
#ifndef REPRISE_QUESTIONNAIRE_CONVERT_INSTANCE_H_
#define REPRISE_QUESTIONNAIRE_CONVERT_INSTANCE_H_

#include "reprise/questionnaire/v1/response.pb.h"

#include "services/questionnaire/domain/instrument/instrument.h"
#include "services/questionnaire/domain/schedule/schedule.h"
#include "services/questionnaire/store/instrument_store.h"

namespace reprise::questionnaire {

v1::Instance::Respondent ToProto(Respondent respondent);
v1::InstrumentVersion ToProto(const InstrumentVersion& version);
// As of `today` at the site, whose zone is `zone`; `title` by language, may be empty.
v1::Instance ToProto(const Occasion& occasion, absl::CivilDay today, const absl::TimeZone& zone,
                     const instrument::Text& title);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_CONVERT_INSTANCE_H_
