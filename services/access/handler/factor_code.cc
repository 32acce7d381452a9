// SPDX-License-Identifier: Apache-2.0
#include "services/access/handler/factor_code.h"

#include "absl/strings/str_cat.h"

#include "services/access/domain/errors.h"
#include "services/access/domain/secret_code.h"
#include "services/access/domain/totp.h"
#include "services/platform/audit/append.h"
#include "services/platform/id/seal.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

constexpr int kRecoveryCodes = 10;

std::string HashOf(const Keys& keys, const std::string& factor_id, const std::string& code) {
  return KeyedHash(keys.recovery, absl::StrCat(factor_id, "\n", code));
}

}  // namespace

absl::Status TakeTotp(db::Tx& tx, const Keys& keys, const SecondFactor& factor, const std::string& typed,
                      absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const std::string secret, Unseal(keys.factor, factor.factor_id, factor.sealed));
  const std::optional<int64_t> step = MatchTotp(secret, typed, now, factor.last_step);
  if (!step.has_value()) return SecondFactorRefused();
  TakeStep(tx, factor.factor_id, *step);
  return absl::OkStatus();
}

absl::StatusOr<std::string> TakeCode(db::Tx& tx, const Keys& keys, const SecondFactor& factor,
                                     const std::string& user_id, const std::string& typed, absl::Time now) {
  if (LooksLikeTotp(typed)) {
    REPRISE_RETURN_IF_ERROR(TakeTotp(tx, keys, factor, typed, now));
    return std::string("TOTP");
  }
  const std::optional<std::string> code = ReadCode(typed);
  if (!code.has_value()) return SecondFactorRefused();
  REPRISE_ASSIGN_OR_RETURN(const bool taken, UseRecoveryCode(tx, factor.factor_id,
                                                             HashOf(keys, factor.factor_id, *code), now));
  if (!taken) return SecondFactorRefused();
  REPRISE_RETURN_IF_ERROR(audit::Append(
      tx, {.action = "recovery_code.use", .subject_type = "user", .subject_id = user_id}));
  return std::string("RECOVERY_CODE");
}

std::vector<std::string> RenewCodes(db::Tx& tx, const Keys& keys, const std::string& factor_id,
                                    absl::Time now) {
  std::vector<std::string> codes, hashes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    const std::string code = NewCode();
    codes.push_back(Grouped(code));
    hashes.push_back(HashOf(keys, factor_id, code));
  }
  ReplaceRecoveryCodes(tx, factor_id, hashes, now);
  return codes;
}

}  // namespace reprise::access
