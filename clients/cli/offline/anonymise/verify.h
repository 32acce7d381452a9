// SPDX-License-Identifier: Apache-2.0
// Where a finished release meets the independent verifier (services/extract/domain/risk), which reads the
// bytes that will be written, the case and the hierarchies anew. What it rejects is never written.
#ifndef REPRISE_CLI_OFFLINE_ANONYMISE_VERIFY_H_
#define REPRISE_CLI_OFFLINE_ANONYMISE_VERIFY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "clients/cli/offline/anonymise/inputs.h"
#include "services/extract/domain/risk/verifier_case.h"

namespace reprise::cli {

// The case as the verifier understands it; `case_file` and `hierarchies` as on the command line.
absl::StatusOr<extract::risk::VerifierCase> LoadVerifierCase(const std::string& case_file,
                                                             const std::string& hierarchies,
                                                             const AnonymiseInputs& inputs);

// FAILED_PRECONDITION RELEASE_<rule> where the released bytes do not keep what the case promises.
absl::Status VerifyReleased(const AnonymiseInputs& inputs, absl::string_view released,
                            const extract::risk::VerifierCase& request);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ANONYMISE_VERIFY_H_
