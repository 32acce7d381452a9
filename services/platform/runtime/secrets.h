// SPDX-License-Identifier: Apache-2.0
// Keys that the database does not hold: one file each in a folder of their own, hexadecimal, readable
// by their owner alone.
#ifndef REPRISE_PLATFORM_RUNTIME_SECRETS_H_
#define REPRISE_PLATFORM_RUNTIME_SECRETS_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::runtime {

// 32 random bytes each.
constexpr const char* kAuditKey = "audit-key";     // codes of the audit events
constexpr const char* kSealKey = "seal-key";       // seed of the Ed25519 key of the audit seals
constexpr const char* kVaultKey = "vault-key";     // identity vault
constexpr const char* kMatchKey = "match-key";     // keyed hashes that detect double enrolment
constexpr const char* kExtractKey = "extract-key"; // seals the keys of the extracts' pseudonyms
constexpr const char* kTotpKey = "totp-key";       // second factors
constexpr const char* kAllocationKey = "allocation-key";  // seeds that nobody may foresee

class Secrets {
 public:
  // Makes the folder (mode 0700) and every file that is missing; keeps what is there.
  static absl::Status Make(const std::string& directory);
  // FAILED_PRECONDITION SECRET_MISSING, SECRET_READABLE_BY_OTHERS, SECRET_MALFORMED; each names the
  // file.
  static absl::StatusOr<Secrets> Load(const std::string& directory);
  // `name` is one of the constants above; lives as long as this.
  absl::string_view Get(const std::string& name) const;

 private:
  std::map<std::string, std::string> keys_;
};

// FAILED_PRECONDITION SECRET_READABLE_BY_OTHERS unless only the owner can read `path`.
absl::Status CheckOwnerOnly(const std::string& path);

// The bytes of a PEM file that the configuration names. FAILED_PRECONDITION TLS_FILE_UNREADABLE.
absl::StatusOr<std::string> ReadTlsFile(const std::string& path);

}  // namespace reprise::runtime

#endif  // REPRISE_PLATFORM_RUNTIME_SECRETS_H_
