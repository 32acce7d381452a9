// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/anonymise/verify.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "services/extract/domain/risk/verifier.h"
#include "services/platform/status.h"

namespace reprise::cli {

namespace risk = extract::risk;

absl::StatusOr<risk::VerifierCase> LoadVerifierCase(const std::string& case_file,
                                                    const std::string& hierarchies,
                                                    const AnonymiseInputs& inputs) {
  REPRISE_ASSIGN_OR_RETURN(const std::string json, ReadFile(case_file));
  REPRISE_ASSIGN_OR_RETURN(risk::VerifierCase request, risk::ReadCase(json));
  std::vector<std::string> names = request.qis;
  names.insert(names.end(), request.sensitive.begin(), request.sensitive.end());
  for (const std::string& name : names) {
    const std::string path = absl::StrCat(hierarchies, "/hierarchy_", name, ".csv");
    if (!std::filesystem::exists(path)) continue;
    REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
    REPRISE_ASSIGN_OR_RETURN(risk::LabelTree tree,
                             risk::LabelTree::Read(bytes, name, request.delimiter));
    request.trees.emplace(name, std::move(tree));
  }
  if (inputs.subset.has_value()) {
    request.subset.emplace(inputs.subset->begin(), inputs.subset->end());
  }
  return request;
}

absl::Status VerifyReleased(const AnonymiseInputs& inputs, absl::string_view released,
                            const risk::VerifierCase& request) {
  return risk::VerifyRelease(inputs.data, released, request).status();
}

}  // namespace reprise::cli
