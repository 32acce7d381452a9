// SPDX-License-Identifier: Apache-2.0
// Between access.v1 and the service's own types.
#ifndef REPRISE_ACCESS_CONVERT_H_
#define REPRISE_ACCESS_CONVERT_H_

#include <string>

#include "reprise/access/v1/access_service.pb.h"

#include "services/access/domain/account.h"
#include "services/access/domain/delegation.h"
#include "services/access/domain/participant_link.h"

namespace reprise::access {

v1::User ToProto(const Account& account);
v1::Delegation ToProto(const Delegation& delegation);
v1::ParticipantLink ToProto(const ParticipantLink& link, absl::Time now);
// "coordinator"; empty for unspecified and unknown values.
std::string RoleName(v1::Role role);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_CONVERT_H_
