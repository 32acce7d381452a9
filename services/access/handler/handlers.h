// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_ACCESS_HANDLER_HANDLERS_H_
#define REPRISE_ACCESS_HANDLER_HANDLERS_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "reprise/access/v1/access_service.pb.h"

#include "services/access/handler/password.h"
#include "services/access/store/account_store.h"
#include "services/platform/call.h"
#include "services/platform/db/database.h"

namespace reprise::access {

// Thread-safe.
class Handlers {
 public:
  // `forget_session` drops a session from the chassis' memory.
  Handlers(db::Database& db, absl::Duration session_life,
           std::function<void(const std::string&)> forget_session)
      : db_(db), session_life_(session_life), forget_session_(std::move(forget_session)) {}

  absl::StatusOr<v1::LoginResponse> Login(const Call&, const v1::LoginRequest&);
  absl::StatusOr<v1::LogoutResponse> Logout(const Call&, const v1::LogoutRequest&);
  absl::StatusOr<v1::GetSelfResponse> GetSelf(const Call&, const v1::GetSelfRequest&);
  absl::StatusOr<v1::ChangePasswordResponse> ChangePassword(const Call&,
                                                            const v1::ChangePasswordRequest&);
  absl::StatusOr<v1::User> CreateUser(const Call&, const v1::CreateUserRequest&);
  absl::StatusOr<v1::ListUsersResponse> ListUsers(const Call&, const v1::ListUsersRequest&);
  absl::StatusOr<v1::User> DisableUser(const Call&, const v1::DisableUserRequest&);
  absl::StatusOr<v1::Delegation> CreateDelegation(const Call&, const v1::CreateDelegationRequest&);
  absl::StatusOr<v1::Delegation> EndDelegation(const Call&, const v1::EndDelegationRequest&);

 private:
  absl::StatusOr<bool> FailedWithin(const Call& call, const std::string& origin,
                                    absl::Duration wait);
  absl::Status RecordFailure(const Call& call, const std::string& origin,
                             const std::optional<PasswordCredential>& credential);

  db::Database& db_;
  const absl::Duration session_life_;
  const std::function<void(const std::string&)> forget_session_;
  PasswordHasher passwords_;
};

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_HANDLER_HANDLERS_H_
