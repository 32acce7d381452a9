// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/anonymise/verify.h"

#include "services/platform/error/error.h"

namespace reprise::cli {

absl::Status VerifyReleased(const AnonymiseInputs& inputs, absl::string_view released,
                            const extract::anonymisation::Recoding& recoding) {
  if (released.empty() ||
      !extract::anonymisation::Satisfies(inputs.request, inputs.records, recoding)) {
    return error::Make(absl::StatusCode::kInternal, "RELEASE_REJECTED",
                       "The release does not satisfy its models; nothing was written.");
  }
  return absl::OkStatus();
}

}  // namespace reprise::cli
