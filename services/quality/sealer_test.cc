// SPDX-License-Identifier: Apache-2.0
// Sealers of several daemons on one log, and a log that somebody with superuser rights changed.
#include "services/quality/sealer.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/wrappers.pb.h"

#include "services/platform/audit/append.h"
#include "services/platform/db/pool.h"
#include "services/platform/status.h"
#include "services/platform/testing/database.h"
#include "services/platform/testing/matchers.h"
#include "services/platform/testing/sources.h"

namespace reprise::quality {
namespace {

using google::protobuf::Int64Value;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

class SealerTest : public ::testing::Test {
 protected:
  Call NewCall() {
    return {.method = "test.Service/Write",
            .scope = {.everywhere = true},
            .now = clock_.Now(),
            .deadline = absl::Now() + absl::Seconds(30),
            .ids = &ids_};
  }
  void Record(int events) {
    for (int i = 0; i < events; ++i) {
      const auto written = db_.Transact(NewCall(), [](db::Tx& tx) -> absl::StatusOr<Int64Value> {
        REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "test.write", .subject_type = "test"}));
        return Int64Value();
      });
      ASSERT_THAT(written, IsOk());
    }
  }
  std::unique_ptr<Sealer> NewSealer() {
    return std::make_unique<Sealer>(db_, clock_, ids_, key_, seal_key_, absl::Hours(1));
  }
  // What the check of the whole log finds; -1 where not everything is sealed.
  int Findings() {
    int findings = -1;
    const absl::Status read = db_.Read(NewCall(), [&](db::Tx& tx) -> absl::Status {
      REPRISE_ASSIGN_OR_RETURN(std::vector<Seal> seals, ListSeals(tx));
      LogCheck check(key_, seal_key_, std::move(seals));
      REPRISE_RETURN_IF_ERROR(ReadLog(tx, check));
      check.Finish();
      if (check.sealed() == check.events()) findings = static_cast<int>(check.findings().size());
      return absl::OkStatus();
    });
    EXPECT_THAT(read, IsOk());
    return findings;
  }
  int64_t Number(const std::string& sql) { return std::stoll(base_.Value(sql)); }

  const testing::TestDatabase base_;
  testing::FakeClock clock_{absl::Now()};
  testing::SeededIdSource ids_{1};
  const std::string key_ = std::string(32, 'k');
  const SealKey seal_key_{std::string(32, 's')};
  db::Pool pool_{base_.UrlOf("reprise_quality"), 4, absl::Seconds(2)};
  db::Database db_{pool_, key_, {}};
};

TEST_F(SealerTest, TwoDaemonsTakeTurnsAndTheNumbersSettle) {
  const auto one = NewSealer(), other = NewSealer();
  for (int turn = 0; turn < 6; ++turn) {
    Record(3);
    EXPECT_THAT((turn % 2 == 0 ? one : other)->SealNow(), IsOk());
    clock_.Advance(absl::Seconds(11));
  }
  EXPECT_EQ(Findings(), 0);
  EXPECT_EQ(Number("SELECT count(*) FROM audit.leaf"), 18);
  // Each settles what it saw two passes of its own ago.
  EXPECT_EQ(Number("SELECT max(settled_seq) FROM audit.seal"), 12);
}

TEST_F(SealerTest, BeginsAnewWhereTheDatabaseIsAnother) {
  const auto one = NewSealer(), other = NewSealer();
  Record(3);
  ASSERT_THAT(one->SealNow(), IsOk());
  base_.Sql("TRUNCATE audit.event, audit.leaf, audit.seal");
  Record(5);
  ASSERT_THAT(other->SealNow(), IsOk());
  Record(1);
  EXPECT_THAT(one->SealNow(), IsOk());
  EXPECT_EQ(Findings(), 0);
}

TEST_F(SealerTest, BeginsAnewWhereAllSealsAreGone) {
  const auto sealer = NewSealer();
  Record(3);
  ASSERT_THAT(sealer->SealNow(), IsOk());
  base_.Sql("TRUNCATE audit.leaf, audit.seal");
  EXPECT_THAT(sealer->SealNow(), IsOk());
  EXPECT_EQ(Findings(), 0);
}

TEST_F(SealerTest, SealsNothingOnATreeWithALeafMissing) {
  Record(3);
  ASSERT_THAT(NewSealer()->SealNow(), IsOk());
  base_.Sql("DELETE FROM audit.leaf WHERE leaf_index = 1");
  Record(1);
  const auto sealer = NewSealer();
  for (int pass = 0; pass < 2; ++pass) {
    EXPECT_THAT(sealer->SealNow(), StatusIs(absl::StatusCode::kDataLoss, "AUDIT_LEAF_MISSING"));
  }
  EXPECT_EQ(Number("SELECT max(tree_size) FROM audit.seal"), 3);
}

TEST_F(SealerTest, SealsWhatStandsBehindManyRowsThatNoDaemonRecorded) {
  base_.Sql(
      "INSERT INTO audit.event (event_id, event_time, method, action, subject_type, code) "
      "SELECT gen_random_uuid(), now(), 'x', 'x', 'x', decode(repeat('00', 32), 'hex') FROM generate_series(1, 20000)");
  Record(2);
  const auto sealer = NewSealer();
  EXPECT_THAT(sealer->SealNow(), IsOk());
  EXPECT_EQ(Number("SELECT count(*) FROM audit.leaf WHERE event_seq > 20000"), 2);
  EXPECT_EQ(Number("SELECT count(*) FROM audit.leaf"), 2);
}

}  // namespace
}  // namespace reprise::quality
