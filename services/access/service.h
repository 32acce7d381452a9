// SPDX-License-Identifier: Apache-2.0
// The table of contents of the access service.
#ifndef REPRISE_ACCESS_SERVICE_H_
#define REPRISE_ACCESS_SERVICE_H_

#include "reprise/access/v1/access_service.grpc.pb.h"

#include "services/access/handler/handlers.h"
#include "services/platform/rpc/pipeline.h"

namespace reprise::access {

class Service final : public v1::AccessService::CallbackService {
 public:
  Service(rpc::Pipeline& pipeline, Handlers& handlers) : pipeline_(pipeline), handlers_(handlers) {}

  REPRISE_UNARY(Login, v1::LoginRequest, v1::LoginResponse)
  REPRISE_UNARY(Logout, v1::LogoutRequest, v1::LogoutResponse)
  REPRISE_UNARY(GetSelf, v1::GetSelfRequest, v1::GetSelfResponse)
  REPRISE_UNARY(ChangePassword, v1::ChangePasswordRequest, v1::ChangePasswordResponse)
  REPRISE_UNARY(StartSecondFactor, v1::StartSecondFactorRequest, v1::StartSecondFactorResponse)
  REPRISE_UNARY(ConfirmSecondFactor, v1::ConfirmSecondFactorRequest, v1::ConfirmSecondFactorResponse)
  REPRISE_UNARY(RenewRecoveryCodes, v1::RenewRecoveryCodesRequest, v1::RenewRecoveryCodesResponse)
  REPRISE_UNARY(RemoveSecondFactor, v1::RemoveSecondFactorRequest, v1::RemoveSecondFactorResponse)
  REPRISE_UNARY(ResetSecondFactor, v1::ResetSecondFactorRequest, v1::User)
  REPRISE_UNARY(CreateParticipantLink, v1::CreateParticipantLinkRequest,
                v1::CreateParticipantLinkResponse)
  REPRISE_UNARY(ListParticipantLinks, v1::ListParticipantLinksRequest, v1::ListParticipantLinksResponse)
  REPRISE_UNARY(RevokeParticipantLink, v1::RevokeParticipantLinkRequest, v1::ParticipantLink)
  REPRISE_UNARY(RedeemParticipantLink, v1::RedeemParticipantLinkRequest,
                v1::RedeemParticipantLinkResponse)
  REPRISE_UNARY(CreateUser, v1::CreateUserRequest, v1::User)
  REPRISE_UNARY(ListUsers, v1::ListUsersRequest, v1::ListUsersResponse)
  REPRISE_UNARY(DisableUser, v1::DisableUserRequest, v1::User)
  REPRISE_UNARY(EnableUser, v1::EnableUserRequest, v1::User)
  REPRISE_UNARY(ResetPassword, v1::ResetPasswordRequest, v1::User)
  REPRISE_UNARY(ListDelegations, v1::ListDelegationsRequest, v1::ListDelegationsResponse)
  REPRISE_UNARY(CreateDelegation, v1::CreateDelegationRequest, v1::Delegation)
  REPRISE_UNARY(EndDelegation, v1::EndDelegationRequest, v1::Delegation)

 private:
  static constexpr char kService[] = "reprise.access.v1.AccessService/";
  rpc::Pipeline& pipeline_;
  Handlers& handlers_;
};

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_SERVICE_H_
