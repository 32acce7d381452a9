// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/cli.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::cli {

void Cli::OnRun(CLI::App* verb, std::function<absl::Status()> body) {
  verb->callback([this, body = std::move(body)] { outcome = body(); });
}

int ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return 0;
    case absl::StatusCode::kInvalidArgument:
      return 2;
    case absl::StatusCode::kUnauthenticated:
      return 3;
    case absl::StatusCode::kPermissionDenied:
      return 4;
    case absl::StatusCode::kNotFound:
      return 5;
    case absl::StatusCode::kAlreadyExists:
      return 6;
    case absl::StatusCode::kFailedPrecondition:
      return 7;
    case absl::StatusCode::kAborted:
      return 8;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return 9;
    default:
      return 1;
  }
}

std::string Describe(const absl::Status& status) {
  const error::Detail detail = error::DetailOf(status);
  // One faulty field says the same as the whole, so it is told once.
  const bool one =
      detail.violations.size() == 1 && detail.violations[0].message == status.message();
  std::string text =
      absl::StrCat("reprise: ", one ? absl::StrCat(detail.violations[0].path, ": ") : "",
                   // A server that does not host the method says nothing more.
                   status.message().empty() ? absl::StatusCodeToString(status.code())
                                            : std::string(status.message()));
  if (!detail.reason.empty()) absl::StrAppend(&text, " [", detail.reason, "]");
  text += '\n';
  for (const auto& [key, value] : detail.metadata)
    absl::StrAppend(&text, "  ", key, " = ", value, "\n");
  for (const error::Violation& violation : detail.violations) {
    if (one) break;
    absl::StrAppend(&text, "  ", violation.path, ": ", violation.message);
    if (violation.reason != detail.reason) absl::StrAppend(&text, " [", violation.reason, "]");
    text += '\n';
  }
  if (status.code() == absl::StatusCode::kUnauthenticated && detail.reason != "LOGIN_REFUSED") {
    text += "  Log in with `reprise login NAME`.\n";
  }
  return text;
}

}  // namespace reprise::cli
