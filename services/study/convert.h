// SPDX-License-Identifier: Apache-2.0
// Between study.v1 and the service's own types.
#ifndef REPRISE_STUDY_CONVERT_H_
#define REPRISE_STUDY_CONVERT_H_

#include "reprise/study/v1/study.pb.h"

#include "services/study/domain/protocol.h"
#include "services/study/domain/study.h"

namespace reprise::study {

v1::Study ToProto(const Study& study);
v1::Site ToProto(const Site& site);
v1::ProtocolVersion ToProto(const ProtocolVersion& version);
v1::ProtocolDifference ToProto(const Difference& difference);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_CONVERT_H_
