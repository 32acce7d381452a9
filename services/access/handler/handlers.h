// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_ACCESS_HANDLER_HANDLERS_H_
#define REPRISE_ACCESS_HANDLER_HANDLERS_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "reprise/access/v1/access_service.pb.h"

#include "services/access/handler/keys.h"
#include "services/access/handler/password.h"
#include "services/access/store/account_store.h"
#include "services/platform/call.h"
#include "services/platform/db/database.h"

namespace reprise::access {

// Thread-safe.
class Handlers {
 public:
  // `forget_session` drops a session from the chassis' memory.
  Handlers(db::Database& db, absl::Duration session_life, Keys keys,
           std::function<void(const std::string&)> forget_session)
      : db_(db),
        session_life_(session_life),
        keys_(std::move(keys)),
        forget_session_(std::move(forget_session)) {}

  absl::StatusOr<v1::LoginResponse> Login(const Call&, const v1::LoginRequest&);
  absl::StatusOr<v1::LogoutResponse> Logout(const Call&, const v1::LogoutRequest&);
  absl::StatusOr<v1::GetSelfResponse> GetSelf(const Call&, const v1::GetSelfRequest&);
  absl::StatusOr<v1::ChangePasswordResponse> ChangePassword(const Call&,
                                                            const v1::ChangePasswordRequest&);
  absl::StatusOr<v1::StartSecondFactorResponse> StartSecondFactor(const Call&,
                                                                  const v1::StartSecondFactorRequest&);
  absl::StatusOr<v1::ConfirmSecondFactorResponse> ConfirmSecondFactor(
      const Call&, const v1::ConfirmSecondFactorRequest&);
  absl::StatusOr<v1::RenewRecoveryCodesResponse> RenewRecoveryCodes(
      const Call&, const v1::RenewRecoveryCodesRequest&);
  absl::StatusOr<v1::RemoveSecondFactorResponse> RemoveSecondFactor(
      const Call&, const v1::RemoveSecondFactorRequest&);
  absl::StatusOr<v1::User> ResetSecondFactor(const Call&, const v1::ResetSecondFactorRequest&);
  absl::StatusOr<v1::CreateParticipantLinkResponse> CreateParticipantLink(
      const Call&, const v1::CreateParticipantLinkRequest&);
  absl::StatusOr<v1::ListParticipantLinksResponse> ListParticipantLinks(
      const Call&, const v1::ListParticipantLinksRequest&);
  absl::StatusOr<v1::ParticipantLink> RevokeParticipantLink(const Call&,
                                                            const v1::RevokeParticipantLinkRequest&);
  absl::StatusOr<v1::RedeemParticipantLinkResponse> RedeemParticipantLink(
      const Call&, const v1::RedeemParticipantLinkRequest&);
  absl::StatusOr<v1::User> CreateUser(const Call&, const v1::CreateUserRequest&);
  absl::StatusOr<v1::ListUsersResponse> ListUsers(const Call&, const v1::ListUsersRequest&);
  absl::StatusOr<v1::User> DisableUser(const Call&, const v1::DisableUserRequest&);
  absl::StatusOr<v1::User> EnableUser(const Call&, const v1::EnableUserRequest&);
  absl::StatusOr<v1::User> ResetPassword(const Call&, const v1::ResetPasswordRequest&);
  absl::StatusOr<v1::ListDelegationsResponse> ListDelegations(const Call&,
                                                              const v1::ListDelegationsRequest&);
  absl::StatusOr<v1::Delegation> CreateDelegation(const Call&, const v1::CreateDelegationRequest&);
  absl::StatusOr<v1::Delegation> EndDelegation(const Call&, const v1::EndDelegationRequest&);

 private:
  // sign_in.cc. Origins are hashes that failures are counted by: a login name from an address, the
  // codes of a user from anywhere, links from an address, all of these from an address.
  static std::string PasswordOrigin(const Call& call, const std::string& login_name);
  static std::string CodeOrigin(const std::string& user_id);
  static std::string LinkOrigin(const Call& call);
  static std::string AddressOrigin(const Call& call);
  // UNAVAILABLE LOGIN_SLOWED while the last failure there or from the caller's address is too recent.
  absl::Status Slowed(const Call& call, const std::string& origin);
  static void ForgetFailures(db::Tx& tx, const Call& call, const std::string& origin);

  struct Refusal {
    std::string action;
    std::string subject_type;
    std::string subject_id;
    std::vector<std::string> origins;  // by which it is counted, besides the caller's address
  };
  absl::Status RecordRefusal(const Call& call, const Refusal& refusal);

  // The caller's password once more. A wrong one is refused inside the transaction, by ConfirmPassword, where
  // the repetition of a request is recognised. UNAVAILABLE LOGIN_SLOWED.
  struct OwnPassword {
    std::optional<PasswordCredential> verified = {};  // nothing where it was wrong
    std::string origin = {};
  };
  absl::StatusOr<OwnPassword> CheckOwnPassword(const Call& call, const std::string& password);
  // `status` of a call that took a password or a code, recorded and counted where it is LOGIN_REFUSED or
  // SECOND_FACTOR_REFUSED; without `password_origin` a code is counted by its user alone.
  absl::Status AfterRefusal(const Call& call, const std::string& user_id,
                            const std::string& password_origin, const absl::Status& status);

  // What a right login name and password belong to. UNAUTHENTICATED LOGIN_REFUSED, UNAVAILABLE
  // LOGIN_SLOWED.
  absl::StatusOr<PasswordCredential> CheckLogin(const Call& call, const v1::LoginRequest& request,
                                                const std::string& origin);

  struct Started {
    std::string session_id;
    absl::Time expire_time;
  };
  Started StartSession(db::Tx& tx, const Call& call, const std::string& user_id,
                       const std::vector<std::string>& factors, const std::string& token);

  db::Database& db_;
  const absl::Duration session_life_;
  const Keys keys_;
  const std::function<void(const std::string&)> forget_session_;
  PasswordHasher passwords_;
};

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_HANDLER_HANDLERS_H_
