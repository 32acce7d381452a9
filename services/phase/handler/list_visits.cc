// SPDX-License-Identifier: Apache-2.0
#include "services/platform/error/error.h"
#include "services/phase/handler/handlers.h"

namespace reprise::phase {

absl::StatusOr<v1::ListVisitsResponse> Handlers::ListVisits(const Call&, const v1::ListVisitsRequest&) {
  return error::Make(absl::StatusCode::kUnimplemented, "NOT_YET", "The method is agreed and not served yet.");
}

}  // namespace reprise::phase
