// SPDX-License-Identifier: Apache-2.0
#include "services/access/store/second_factor_store.h"

#include "services/access/store/account_store.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

constexpr db::Query kFindSecondFactor{"access.find_second_factor", R"sql(
  SELECT f.factor_id, f.sealed, f.last_step, f.on_time,
         (SELECT count(*)
            FROM access.recovery_code AS c
           WHERE c.factor_id = f.factor_id
             AND c.used_time IS NULL)
    FROM access.second_factor AS f
   WHERE f.user_id = $1
     AND f.off_time IS NULL
)sql"};

constexpr db::Query kInsertSecondFactor{"access.insert_second_factor", R"sql(
  INSERT INTO access.second_factor (factor_id, user_id, sealed, made_time)
  VALUES ($1, $2, $3, $4)
)sql"};

constexpr db::Query kSwitchOn{"access.switch_on", R"sql(
  UPDATE access.second_factor
     SET on_time = $2
   WHERE factor_id = $1
)sql"};

constexpr db::Query kSwitchOff{"access.switch_off", R"sql(
  UPDATE access.second_factor
     SET off_time = $2
   WHERE factor_id = $1
)sql"};

constexpr db::Query kTakeStep{"access.take_step", R"sql(
  UPDATE access.second_factor
     SET last_step = $2
   WHERE factor_id = $1
)sql"};

constexpr db::Query kUseRecoveryCode{"access.use_recovery_code", R"sql(
  UPDATE access.recovery_code
     SET used_time = $3
   WHERE factor_id = $1
     AND code_hash = $2
     AND used_time IS NULL
  RETURNING factor_id
)sql"};

constexpr db::Query kDeleteRecoveryCodes{"access.delete_recovery_codes", R"sql(
  DELETE FROM access.recovery_code
   WHERE factor_id = $1
     AND used_time IS NULL
)sql"};

constexpr db::Query kInsertRecoveryCode{"access.insert_recovery_code", R"sql(
  INSERT INTO access.recovery_code (factor_id, code_hash, made_time)
  VALUES ($1, $2, $3)
)sql"};

}  // namespace

absl::StatusOr<std::optional<SecondFactor>> FindSecondFactor(db::Tx& tx, const std::string& user_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindSecondFactor, user_id));
  std::optional<SecondFactor> found;
  if (!rows.empty()) {
    found = {.factor_id = rows[0].Get<std::string>(0),
             .sealed = rows[0].Get<db::Bytes>(1).value,
             .last_step = rows[0].Get<int64_t>(2),
             .on_time = rows[0].Get<std::optional<absl::Time>>(3),
             .recovery_codes_left = rows[0].Get<int>(4)};
  }
  return found;
}

absl::StatusOr<std::optional<SecondFactor>> LockSecondFactor(db::Tx& tx, const std::string& user_id) {
  LockAccount(tx, user_id);
  return FindSecondFactor(tx, user_id);
}

void InsertSecondFactor(db::Tx& tx, const std::string& factor_id, const std::string& user_id,
                        const std::string& sealed, absl::Time now) {
  tx.Execute(kInsertSecondFactor, factor_id, user_id, db::Bytes{sealed}, now);
}

void SwitchOn(db::Tx& tx, const std::string& factor_id, absl::Time now) {
  tx.Execute(kSwitchOn, factor_id, now);
}

void SwitchOff(db::Tx& tx, const std::string& factor_id, absl::Time now) {
  tx.Execute(kSwitchOff, factor_id, now);
  tx.Execute(kDeleteRecoveryCodes, factor_id);
}

void TakeStep(db::Tx& tx, const std::string& factor_id, int64_t step) {
  tx.Execute(kTakeStep, factor_id, step);
}

absl::StatusOr<bool> UseRecoveryCode(db::Tx& tx, const std::string& factor_id, const std::string& hash,
                                     absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kUseRecoveryCode, factor_id, db::Bytes{hash}, now));
  return !rows.empty();
}

void ReplaceRecoveryCodes(db::Tx& tx, const std::string& factor_id,
                          const std::vector<std::string>& hashes, absl::Time now) {
  tx.Execute(kDeleteRecoveryCodes, factor_id);
  for (const std::string& hash : hashes) {
    tx.Execute(kInsertRecoveryCode, factor_id, db::Bytes{hash}, now);
  }
}

}  // namespace reprise::access
