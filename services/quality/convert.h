// SPDX-License-Identifier: Apache-2.0
// Between quality.v1 and the service's own types.
#ifndef REPRISE_QUALITY_CONVERT_H_
#define REPRISE_QUALITY_CONVERT_H_

#include <string>

#include "reprise/quality/v1/audit.pb.h"

#include "services/quality/domain/log_check.h"
#include "services/quality/domain/seal.h"

namespace reprise::quality {

v1::AuditEvent ToProto(const RecordedEvent& event);
v1::TreeHead ToProto(const Seal& seal, const std::string& public_key);
v1::AuditFinding ToProto(const Finding& finding);

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_CONVERT_H_
