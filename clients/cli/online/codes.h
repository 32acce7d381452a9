// SPDX-License-Identifier: Apache-2.0
// What people say (FASTRACS, LYO, LYO-0042, PHQ-9@1.0, alice) as the ids that the server wants. A
// UUID is taken as it is; a code is looked up through the list methods, so the caller finds only
// what she may see: NOT_FOUND for anything else. With one study in sight it need not be named.
#ifndef REPRISE_CLI_ONLINE_CODES_H_
#define REPRISE_CLI_ONLINE_CODES_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"

#include "reprise/access/v1/user.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "clients/cli/online/caller.h"

namespace reprise::cli {

class Codes {
 public:
  explicit Codes(Caller& caller) : caller_(caller) {}

  // Empty: the only study in sight. NOT_FOUND STUDY_NOT_FOUND; INVALID_ARGUMENT STUDY_REQUIRED.
  absl::StatusOr<std::string> Study(const std::string& text);
  // NOT_FOUND SITE_NOT_FOUND; INVALID_ARGUMENT CODE_AMBIGUOUS where studies share the code.
  absl::StatusOr<study::v1::Site> Site(const std::string& text, const std::string& study);
  // NOT_FOUND PARTICIPANT_NOT_FOUND; INVALID_ARGUMENT CODE_AMBIGUOUS.
  absl::StatusOr<std::string> Participant(const std::string& text, const std::string& study);
  // By login name. NOT_FOUND USER_NOT_FOUND; PERMISSION_DENIED USER_ID_REQUIRED where the caller
  // may not list accounts.
  absl::StatusOr<std::string> UserId(const std::string& login_name);
  // The account itself, which only those see who may list accounts. Also takes a UUID.
  absl::StatusOr<access::v1::User> User(const std::string& text);
  // `PHQ-9@1.0`, or `PHQ-9` where one version is published. NOT_FOUND INSTRUMENT_VERSION_NOT_FOUND;
  // INVALID_ARGUMENT VERSION_REQUIRED.
  absl::StatusOr<std::string> InstrumentVersion(const std::string& text);
  // A UUID or `LYO-0042/PHQ-9@1.0/baseline`. NOT_FOUND INSTANCE_NOT_FOUND.
  absl::StatusOr<std::string> Instance(const std::string& text, const std::string& study);

 private:
  absl::StatusOr<study::v1::ListStudiesResponse> Studies();

  Caller& caller_;
  std::optional<study::v1::ListStudiesResponse> studies_;  // asked for once
};

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_CODES_H_
