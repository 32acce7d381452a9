// SPDX-License-Identifier: Apache-2.0
// Replay records and their end.
#include <gtest/gtest.h>

#include <string>

#include "services/platform/db/database_fixture.h"

namespace reprise::db {
namespace {

class ForgetTest : public DatabaseTest {
 protected:
  std::string Records() { return base_.Value("SELECT count(*) FROM platform.request"); }
  // As if the request had been made so many days ago.
  void Age(const std::string& request_id, int days) {
    base_.Sql(absl::StrCat("UPDATE platform.request SET made_time = made_time - interval '", days,
                           " days' WHERE request_id = '", request_id, "'"));
  }
  absl::StatusOr<int64_t> Forget(Database& database, int days) {
    Call call = NewCall();
    call.actor = {};
    return database.ForgetRequests(call, call.now - absl::Hours(24) * days);
  }
};

TEST_F(ForgetTest, AnswersARepetitionUntilItsRecordIsDeleted) {
  const Call old = NewCall(ids_.NewUuid()), recent = NewCall(ids_.NewUuid());
  ASSERT_THAT(Note(old, 1), IsOk());
  ASSERT_THAT(Note(recent, 2), IsOk());
  Age(old.request_id, 31);
  Age(recent.request_id, 29);
  EXPECT_EQ(Note(old, 1)->value(), 1);
  const auto forgotten = Forget(database_, 30);
  ASSERT_THAT(forgotten, IsOk());
  EXPECT_EQ(*forgotten, 1);
  EXPECT_EQ(Note(recent, 2)->value(), 2);
  EXPECT_THAT(Note(old, 1), StatusIs(StatusCode::kAlreadyExists, "NUMBER_TAKEN"));  // a new request
  EXPECT_EQ(Notes(), "2");
  EXPECT_EQ(Events(), "2");  // deleting is nobody's act
}

TEST_F(ForgetTest, SaysThatARequestIdServedAnotherService) {
  const Call elsewhere = NewCall(ids_.NewUuid());
  ASSERT_THAT(Note(elsewhere, 1), IsOk());
  base_.Sql("UPDATE platform.request SET service = 'reprise_questionnaire'");
  EXPECT_THAT(Note(elsewhere, 2), StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(Notes(), "1");
}

TEST_F(ForgetTest, DeletesNothingOfAnotherService) {
  const Call old = NewCall(ids_.NewUuid());
  ASSERT_THAT(Note(old, 1), IsOk());
  Age(old.request_id, 31);
  Pool pool(base_.UrlOf("reprise_questionnaire"), 1, absl::Seconds(2));
  Database other(pool, key_, kConstraints);
  const auto forgotten = Forget(other, 30);
  ASSERT_THAT(forgotten, IsOk());
  EXPECT_EQ(*forgotten, 0);
  EXPECT_EQ(Records(), "1");
}

}  // namespace
}  // namespace reprise::db
