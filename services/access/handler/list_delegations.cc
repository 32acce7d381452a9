// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/access/convert.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/session_store.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

// Where the next page begins: after this row.
struct Place {
  std::string login_name;
  std::string delegation_id = "00000000-0000-0000-0000-000000000000";
};

absl::StatusOr<Place> PlaceOf(const std::string& page_token) {
  REPRISE_ASSIGN_OR_RETURN(const std::string key, rpc::PageKey(page_token));
  if (key.empty()) return Place();
  const std::vector<std::string> parts = absl::StrSplit(key, '/');
  if (parts.size() == 2) {
    if (const auto id = ParseUuid(parts[1], "page_token"); id.ok()) return Place{parts[0], *id};
  }
  return error::InvalidField("page_token", "PAGE_TOKEN_INVALID",
                             "The next_page_token of an earlier answer, or none, is required.");
}

}  // namespace

absl::StatusOr<v1::ListDelegationsResponse> Handlers::ListDelegations(
    const Call& call, const v1::ListDelegationsRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 50, 200));
  REPRISE_ASSIGN_OR_RETURN(const Place after, PlaceOf(request.page_token()));
  std::optional<absl::Time> live_at;
  if (request.live_only()) live_at = call.now;
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListDelegationsResponse> {
    REPRISE_ASSIGN_OR_RETURN(
        std::vector<DelegatedUser> users,
        ListDelegationsIn(tx, absl::AsciiStrToLower(request.study_id()), after.login_name,
                          after.delegation_id, live_at, size + 1));
    v1::ListDelegationsResponse response;
    if (users.size() > static_cast<size_t>(size)) {
      users.pop_back();
      response.set_next_page_token(rpc::PageToken(
          absl::StrCat(users.back().login_name, "/", users.back().delegation.delegation_id)));
    }
    for (const DelegatedUser& user : users) {
      v1::DelegatedUser* const wire = response.add_delegations();
      *wire->mutable_delegation() = ToProto(user.delegation);
      wire->set_login_name(user.login_name);
      wire->set_display_name(user.display_name);
      wire->set_disabled(user.disabled);
    }
    return response;
  });
}

}  // namespace reprise::access
