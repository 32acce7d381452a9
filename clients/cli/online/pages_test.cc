// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "reprise/access/v1/access_service.pb.h"

#include "clients/cli/online/played_server.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::access::v1;

// `total` accounts u0, u1, ... in pages of 3, whose token is the next number.
void Play(PlayedServer& server, int total) {
  server.On<v1::ListUsersRequest, v1::ListUsersResponse>(
      "access/ListUsers", [total](const v1::ListUsersRequest& request) {
        const int first = request.page_token().empty() ? 0 : std::stoi(request.page_token());
        v1::ListUsersResponse page;
        for (int i = first; i < std::min(first + 3, total); ++i) {
          page.add_users()->set_login_name(absl::StrCat("u", i));
        }
        if (first + 3 < total) page.set_next_page_token(absl::StrCat(first + 3));
        return page;
      });
}

TEST(PagesTest, AllPagesOrTheFirstRowsAreFetched) {
  const struct {
    int total, limit, rows, calls;
    bool more;
  } cases[] = {
      {0, 0, 0, 1, false}, {3, 0, 3, 1, false}, {4, 0, 4, 2, false}, {8, 0, 8, 3, false},
      {8, 2, 2, 1, true},  {8, 3, 3, 1, true},  {8, 4, 4, 2, true},  {8, 8, 8, 3, false},
      {8, 9, 8, 3, false}, {3, 3, 3, 1, false},
  };
  for (const auto& c : cases) {
    PlayedServer server;
    Play(server, c.total);
    bool more = false;
    const auto list = ListPages(server, "access/ListUsers", v1::ListUsersRequest(), c.limit, &more);
    ASSERT_TRUE(list.ok());
    v1::ListUsersResponse users;
    users.CopyFrom(**list);
    ASSERT_EQ(users.users_size(), c.rows) << c.total << " by " << c.limit;
    for (int i = 0; i < c.rows; ++i) EXPECT_EQ(users.users(i).login_name(), absl::StrCat("u", i));
    EXPECT_EQ(server.calls["access/ListUsers"], c.calls) << c.total << " by " << c.limit;
    EXPECT_EQ(more, c.more) << c.total << " by " << c.limit;
    EXPECT_EQ(users.next_page_token(), "");
  }
}

TEST(PagesTest, AServerThatRepeatsItselfIsNotFollowedForEver) {
  PlayedServer server;
  server.On<v1::ListUsersRequest, v1::ListUsersResponse>("access/ListUsers", [](const auto&) {
    v1::ListUsersResponse page;
    page.set_next_page_token("again");
    return page;
  });
  EXPECT_EQ(error::ReasonOf(
                ListAll<v1::ListUsersResponse>(server, "access/ListUsers", v1::ListUsersRequest())
                    .status()),
            "PAGES_ENDLESS");
}

TEST(PagesTest, AFailureOnALaterPageIsTheFailure) {
  PlayedServer server;
  server.On<v1::ListUsersRequest, v1::ListUsersResponse>(
      "access/ListUsers",
      [](const v1::ListUsersRequest& request) -> absl::StatusOr<v1::ListUsersResponse> {
        if (!request.page_token().empty())
          return error::Make(absl::StatusCode::kUnauthenticated, "SESSION_ENDED", "");
        v1::ListUsersResponse page;
        page.add_users();
        page.set_next_page_token("2");
        return page;
      });
  EXPECT_EQ(error::ReasonOf(
                ListAll<v1::ListUsersResponse>(server, "access/ListUsers", v1::ListUsersRequest())
                    .status()),
            "SESSION_ENDED");
}

}  // namespace
}  // namespace reprise::cli
