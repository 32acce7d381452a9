// SPDX-License-Identifier: Apache-2.0
// Between extract.v1 and the service's own types.
#ifndef REPRISE_EXTRACT_CONVERT_H_
#define REPRISE_EXTRACT_CONVERT_H_

#include "reprise/extract/v1/extract.pb.h"

#include "services/extract/domain/delivery/request.h"

namespace reprise::extract {

// Without the key.
v1::Extract ToProto(const Request& request);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_CONVERT_H_
