// SPDX-License-Identifier: Apache-2.0
// The one place where a finished release meets the verifier, which shares no code with the solver.
// A release that it rejects is never written.
#ifndef REPRISE_CLI_OFFLINE_ANONYMISE_VERIFY_H_
#define REPRISE_CLI_OFFLINE_ANONYMISE_VERIFY_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "clients/cli/offline/anonymise/inputs.h"
#include "services/extract/domain/anonymisation/recoding.h"

namespace reprise::cli {

// OK when the released bytes satisfy the case by an independent count.
absl::Status VerifyReleased(const AnonymiseInputs& inputs, absl::string_view released,
                            const extract::anonymisation::Recoding& recoding);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ANONYMISE_VERIFY_H_
