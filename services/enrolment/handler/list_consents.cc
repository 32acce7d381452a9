// SPDX-License-Identifier: Apache-2.0
#include "services/platform/error/error.h"
#include "services/enrolment/handler/handlers.h"

namespace reprise::enrolment {

absl::StatusOr<v1::ListConsentsResponse> Handlers::ListConsents(const Call&, const v1::ListConsentsRequest&) {
  return error::Make(absl::StatusCode::kUnimplemented, "NOT_YET", "The method is agreed and not served yet.");
}

}  // namespace reprise::enrolment
