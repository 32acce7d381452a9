// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::ListUsersResponse> Handlers::ListUsers(const Call& call,
                                                          const v1::ListUsersRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 50, 200));
  REPRISE_ASSIGN_OR_RETURN(const std::string after, rpc::PageKey(request.page_token()));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListUsersResponse> {
    REPRISE_ASSIGN_OR_RETURN(std::vector<Account> accounts, ListAccounts(tx, after, size + 1));
    v1::ListUsersResponse response;
    if (accounts.size() > static_cast<size_t>(size)) {
      accounts.pop_back();
      response.set_next_page_token(rpc::PageToken(accounts.back().login_name));
    }
    for (const Account& account : accounts) *response.add_users() = ToProto(account);
    return response;
  });
}

}  // namespace reprise::access
