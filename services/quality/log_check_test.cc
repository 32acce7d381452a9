// SPDX-License-Identifier: Apache-2.0
#include "services/quality/domain/log_check.h"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/platform/audit/merkle.h"

namespace reprise::quality {
namespace {

const std::string kAuditKey(32, 'a');
const std::string kSeed(32, 's');

struct Leaf {
  int64_t index;
  int64_t event_seq;
  std::string hash;
  std::optional<RecordedEvent> event;
};

struct Log {
  std::vector<Leaf> leaves;
  std::vector<Seal> seals;
  std::vector<RecordedEvent> unsealed;
};

RecordedEvent Recorded(int64_t seq) {
  RecordedEvent event{.event_seq = seq, .event = {}, .code = {}};
  event.event.event_id = absl::StrCat("00000000-0000-4000-8000-00000000000", seq);
  event.event.event_time = absl::FromUnixSeconds(1000 + seq);
  event.event.action = "response.submit";
  event.event.subject_type = "instance";
  event.code = audit::EventCode(kAuditKey, event.event);
  return event;
}

// Events 1 to 6, of which five are sealed, under seals of sizes 3 and 5.
Log Honest(const SealKey& key) {
  Log log;
  std::vector<std::string> hashes;
  for (int64_t seq = 1; seq <= 5; ++seq) {
    const RecordedEvent event = Recorded(seq);
    hashes.push_back(audit::LeafHash(event.event));
    log.leaves.push_back({seq - 1, seq, hashes.back(), event});
    if (seq != 3 && seq != 5) continue;
    Seal seal{.tree_size = seq, .root_hash = audit::RootOf(hashes), .seal_time = absl::FromUnixSeconds(seq),
              .signature = {}, .settled_seq = seq};
    key.Sign(seal);
    log.seals.push_back(seal);
  }
  log.unsealed.push_back(Recorded(6));
  return log;
}

std::vector<Finding> Check(const SealKey& key, const Log& log) {
  LogCheck check(kAuditKey, key, log.seals);
  for (const Leaf& leaf : log.leaves) check.Leaf(leaf.index, leaf.event_seq, leaf.hash, leaf.event);
  for (const RecordedEvent& event : log.unsealed) check.Unsealed(event);
  check.Finish();
  return check.findings();
}

TEST(LogCheckTest, FindsNothingInAnHonestLogAndCountsIt) {
  const SealKey key(kSeed);
  const Log log = Honest(key);
  LogCheck check(kAuditKey, key, log.seals);
  for (const Leaf& leaf : log.leaves) check.Leaf(leaf.index, leaf.event_seq, leaf.hash, leaf.event);
  for (const RecordedEvent& event : log.unsealed) check.Unsealed(event);
  check.Finish();
  EXPECT_TRUE(check.findings().empty());
  EXPECT_EQ(check.events(), 6);
  EXPECT_EQ(check.sealed(), 5);
}

TEST(LogCheckTest, FindsNothingInAnEmptyLog) {
  EXPECT_TRUE(Check(SealKey(kSeed), Log{}).empty());
}

TEST(LogCheckTest, NamesWhatWasDone) {
  using Kind = Finding::Kind;
  struct Case {
    const char* name;
    std::function<void(Log&)> tamper;
    Kind kind;
    int64_t event_seq;
  };
  const SealKey key(kSeed);
  const SealKey other(std::string(32, 'o'));
  const auto reseal = [&](Log& log) {  // as somebody with the leaves but not with the key
    std::vector<std::string> hashes;
    for (const Leaf& leaf : log.leaves) hashes.push_back(leaf.hash);
    log.seals.back().root_hash = audit::RootOf(hashes);
    other.Sign(log.seals.back());
  };
  for (const Case& c : std::vector<Case>{
           {"an edited event", [](Log& log) { log.leaves[1].event->event.reason = "x"; },
            Kind::kEventEdited, 2},
           {"an edited event with its leaf",
            [](Log& log) {
              log.leaves[1].event->event.reason = "x";
              log.leaves[1].hash = audit::LeafHash(log.leaves[1].event->event);
            },
            Kind::kEventEdited, 2},
           {"an edited code", [](Log& log) { log.leaves[4].event->code[0] ^= 1; }, Kind::kEventEdited, 5},
           {"a removed event", [](Log& log) { log.leaves[2].event.reset(); }, Kind::kEventRemoved, 3},
           {"a removed leaf", [](Log& log) { log.leaves.erase(log.leaves.begin() + 1); },
            Kind::kTreeBroken, 3},
           {"the last leaf removed", [](Log& log) { log.leaves.pop_back(); }, Kind::kTreeBroken, 0},
           {"an exchanged leaf", [](Log& log) { log.leaves[0].hash = audit::HashLeaf("x"); },
            Kind::kEventEdited, 1},
           {"an inserted event", [](Log& log) { log.unsealed.push_back(Recorded(7)), log.unsealed.back().code[3] ^= 1; },
            Kind::kEventInserted, 7},
           {"a copy of a sealed event",
            [](Log& log) { log.unsealed.push_back(Recorded(2)), log.unsealed.back().event_seq = 9; },
            Kind::kEventInserted, 9},
           {"a copy that was sealed",
            [&](Log& log) {
              log.leaves.push_back({5, 9, log.leaves[1].hash, log.leaves[1].event});
              std::vector<std::string> hashes;
              for (const Leaf& leaf : log.leaves) hashes.push_back(leaf.hash);
              Seal seal{.tree_size = 6, .root_hash = audit::RootOf(hashes), .seal_time = absl::FromUnixSeconds(9),
                        .signature = {}, .settled_seq = 5};
              key.Sign(seal);
              log.seals.push_back(seal);
            },
            Kind::kEventInserted, 9},
           {"a backdated event among the sealed ones", [](Log& log) { log.unsealed.push_back(Recorded(4)), log.unsealed.back().event.event_id = "other", log.unsealed.back().code = audit::EventCode(kAuditKey, log.unsealed.back().event); },
            Kind::kEventInserted, 4},
           {"a forged seal", [](Log& log) { log.seals[0].signature[0] ^= 1; }, Kind::kSealForged, 0},
           {"a seal under another key", reseal, Kind::kSealForged, 0},
           {"a seal with another time", [](Log& log) { log.seals[1].seal_time += absl::Seconds(1); },
            Kind::kSealForged, 0},
           {"a settled number set high", [](Log& log) { log.seals[1].settled_seq = int64_t{1} << 60; },
            Kind::kSealForged, 0},
           {"a settled number set low, in the first form", [](Log& log) { log.seals[1].settled_seq = 0, log.seals[1].format = 1; },
            Kind::kSealForged, 0},
           {"a form that there is not", [](Log& log) { log.seals[1].format = 3; }, Kind::kSealForged, 0},
           {"the last seal removed", [](Log& log) { log.seals.pop_back(); }, Kind::kTreeBroken, 0}}) {
    SCOPED_TRACE(c.name);
    Log log = Honest(key);
    c.tamper(log);
    const std::vector<Finding> findings = Check(key, log);
    bool named = false;
    for (const Finding& finding : findings) {
      named = named || (finding.kind == c.kind && finding.event_seq == c.event_seq);
    }
    EXPECT_TRUE(named) << findings.size() << " findings, first "
                       << (findings.empty() ? "none" : findings[0].message);
  }
}

// Logs that were begun before settled_seq was signed.
TEST(LogCheckTest, TakesSealsOfTheFirstForm) {
  const SealKey key(kSeed);
  Log log = Honest(key);
  log.seals[0].format = 1;
  EXPECT_EQ(Check(key, log).size(), 1u);  // the form is part of what is signed
  key.Sign(log.seals[0]);
  EXPECT_TRUE(Check(key, log).empty());
  log.seals[0].settled_seq += 1;  // which that form does not cover
  EXPECT_TRUE(Check(key, log).empty());
}

TEST(LogCheckTest, NamesTheFirstHundredOfManyFindings) {
  const SealKey key(kSeed);
  Log log;
  for (int64_t seq = 1; seq <= 150; ++seq) log.unsealed.push_back({.event_seq = seq, .event = {}, .code = "x"});
  const std::vector<Finding> findings = Check(key, log);
  ASSERT_EQ(findings.size(), 100u);
  EXPECT_EQ(findings[0].event_seq, 1);
}

}  // namespace
}  // namespace reprise::quality
