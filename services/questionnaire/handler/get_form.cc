// SPDX-License-Identifier: Apache-2.0
#include "services/platform/error/error.h"
#include "services/questionnaire/handler/handlers.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::Form> Handlers::GetForm(const Call&, const v1::GetFormRequest&) {
  return error::Make(absl::StatusCode::kUnimplemented, "NOT_YET", "The method is agreed and not served yet.");
}

}  // namespace reprise::questionnaire
