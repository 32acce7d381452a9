// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "tests/house/cohort_trial.h"

namespace reprise::cohort {
namespace {

using absl::StatusCode;
using house::NewId;
using house::Person;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

using CreateAllocationListTest = TrialTest;

class AllocationTest : public TrialTest {
 protected:
  static absl::StatusOr<v1::VerifyAllocationListResponse> Verify(const Person& who, const Trial& trial,
                                                                 const std::string& stage) {
    v1::VerifyAllocationListRequest request;
    request.set_study_id(trial.study_id);
    request.set_stage(stage);
    return Call<v1::VerifyAllocationListResponse>(
        who, "reprise.cohort.v1.CohortService/VerifyAllocationList", request);
  }
  static absl::StatusOr<v1::Allocation> Get(const Person& who, const std::string& participant) {
    v1::GetAllocationRequest request;
    request.set_participant_id(participant);
    return Call<v1::Allocation>(who, "reprise.cohort.v1.CohortService/GetAllocation", request);
  }
  static absl::StatusOr<v1::Allocation> Correct(const Person& who, const std::string& participant,
                                                const std::map<std::string, std::string>& factors,
                                                const std::string& reason = "Her date of birth was misread.") {
    v1::CorrectStratumRequest request;
    request.set_request_id(NewId());
    request.set_participant_id(participant);
    request.set_change_reason(reason);
    for (const auto& [factor, level] : factors) (*request.mutable_factors())[factor] = level;
    return Call<v1::Allocation>(who, "reprise.cohort.v1.CohortService/CorrectStratum", request);
  }
  // A trial with lists for both stages.
  static Trial WithLists() {
    const Trial trial = NewTrial();
    EXPECT_THAT(CreateList(people().dora, trial, "PILOT"), IsOk());
    EXPECT_THAT(CreateList(people().dora, trial, "MAIN"), IsOk());
    return trial;
  }
  static std::string Ready(const Trial& trial) {
    const std::string participant = Consented(trial, trial.lyon_id, "PILOT");
    Submit(participant, "baseline");
    return participant;
  }
};
using AllocateParticipantTest = AllocationTest;
using CorrectStratumTest = AllocationTest;
using GetAllocationTest = AllocationTest;
using VerifyAllocationListTest = AllocationTest;

TEST_F(CreateAllocationListTest, IsForDataManagersOnly) {
  const Trial trial = NewTrial();
  for (const Person& who : {people().bob, people().coline, people().alice}) {
    EXPECT_THAT(CreateList(who, trial, "PILOT"), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"))
        << who.login_name;
  }
}

TEST_F(CreateAllocationListTest, CommitsToASeedThatNobodyCanRead) {
  const Trial trial = NewTrial();
  const auto list = CreateList(people().dora, trial, "PILOT");
  ASSERT_THAT(list, IsOk());
  EXPECT_EQ(list->stage(), "PILOT");
  EXPECT_EQ(list->protocol_version(), 1);
  EXPECT_EQ(list->allocated(), 0);
  EXPECT_EQ(Audited("allocation_list.create", list->list_id()), 1);
  const std::string where = " FROM cohort.allocation_list WHERE list_id = '" + list->list_id() + "'";
  EXPECT_EQ(database().Value("SELECT encode(seed_sha256, 'hex')" + where), list->seed_sha256());
  // Sealed: nonce, 32 bytes, tag; and not the seed itself, whose hash is known.
  EXPECT_EQ(database().Value("SELECT octet_length(sealed_seed)" + where), "72");
  EXPECT_EQ(database().Value("SELECT count(*)" + where +
                             " AND EXISTS (SELECT FROM generate_series(1, 41) AS i WHERE "
                             "sha256(substring(sealed_seed FROM i FOR 32)) = seed_sha256)"),
            "0");
  // Only the service's own role reads the table.
  for (const char* const role : {"reprise_enrolment", "reprise_phase", "reprise_extract", "reprise_quality"}) {
    EXPECT_THAT(database().SqlAs(role, "SELECT sealed_seed FROM cohort.allocation_list"),
                StatusIs(StatusCode::kUnknown, "42501"))
        << role;
  }
}

TEST_F(CreateAllocationListTest, IsMadeOnceAStage) {
  const Trial trial = NewTrial();
  ASSERT_THAT(CreateList(people().dora, trial, "PILOT"), IsOk());
  EXPECT_THAT(CreateList(people().dora, trial, "PILOT"),
              StatusIs(StatusCode::kAlreadyExists, "ALLOCATION_LIST_EXISTS"));
  EXPECT_THAT(CreateList(people().dora, trial, "MAIN"), IsOk());
}

TEST_F(CreateAllocationListTest, TakesASeedThatWasDrawnElsewhere) {
  const Trial trial = NewTrial();
  v1::CreateAllocationListRequest request;
  request.set_request_id(NewId());
  request.set_study_id(trial.study_id);
  request.set_stage("PILOT");
  request.set_seed(std::string(31, 'a'));
  EXPECT_THAT(Call<v1::AllocationList>(people().dora, "reprise.cohort.v1.CohortService/CreateAllocationList", request),
              HasViolation("seed", "SEED_MALFORMED"));
  request.set_seed(std::string(32, 'a'));
  const auto list =
      Call<v1::AllocationList>(people().dora, "reprise.cohort.v1.CohortService/CreateAllocationList", request);
  ASSERT_THAT(list, IsOk());
  // printf 'a%.0s' $(seq 32) | sha256sum
  EXPECT_EQ(list->seed_sha256(), "3ba3f5f43b92602683c19aee62a20342b084dd5971ddd33808d81a328879a547");
}

TEST_F(CreateAllocationListTest, NeedsAStageWithArmsInAProtocol) {
  const Trial trial = NewTrial();
  EXPECT_THAT(CreateList(people().dora, trial, ""), HasViolation("stage", "FIELD_REQUIRED"));
  EXPECT_THAT(CreateList(people().dora, trial, "NONE"), HasViolation("stage", "STAGE_UNKNOWN"));
  EXPECT_THAT(CreateList(people().dora, trial, "NEEDS"),
              StatusIs(StatusCode::kFailedPrecondition, "STAGE_WITHOUT_ARMS"));
  EXPECT_THAT(CreateList(people().dora, trial, "BAD"), StatusIs(StatusCode::kFailedPrecondition, "DESIGN_INVALID"));
  EXPECT_THAT(CreateList(people().dora, NewTrial(false), "PILOT"),
              StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_MISSING"));
}

TEST_F(AllocateParticipantTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const Trial trial = WithLists();
  const std::string participant = Ready(trial);
  EXPECT_THAT(Allocate(people().bob, participant, {{"age", "<45"}}),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Allocate(people().simone, participant, {{"age", "<45"}}),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Allocate(people().coline, NewId(), {{"age", "<45"}}),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(AllocateParticipantTest, GivesTheNextPlaceOnceAndRecordsIt) {
  const Trial trial = WithLists();
  const std::string participant = Ready(trial);
  const auto made = Allocate(people().coline, participant, {{"age", "<45"}});
  ASSERT_THAT(made, IsOk());
  EXPECT_TRUE(made->arm() == "INTERVENTION" || made->arm() == "CONTROL");
  EXPECT_THAT(made->factors(), UnorderedElementsAre(Pair("site", "LYO"), Pair("age", "<45")));
  EXPECT_EQ(Audited("participant.allocate", participant), 1);
  EXPECT_EQ(database().Value("SELECT stratum || '#' || sequence FROM cohort.allocation WHERE participant_id = '" +
                             participant + "'"),
            "site=LYO|age=<45#1");
  EXPECT_THAT(Allocate(people().coline, participant, {{"age", "<45"}}),
              StatusIs(StatusCode::kAlreadyExists, "PARTICIPANT_ALLOCATED"));
  EXPECT_EQ(Audited("participant.allocate", participant), 1);
}

TEST_F(AllocateParticipantTest, NamesEveryFaultyFactor) {
  const Trial trial = WithLists();
  const std::string participant = Ready(trial);
  EXPECT_THAT(Allocate(people().coline, participant), HasViolation("factors[age]", "FACTOR_MISSING"));
  EXPECT_THAT(Allocate(people().coline, participant, {{"age", "old"}}), HasViolation("factors[age]", "LEVEL_UNKNOWN"));
  const auto faulty = Allocate(people().coline, participant, {{"age", "<45"}, {"mood", "good"}, {"site", "STE"}});
  EXPECT_THAT(faulty, HasViolation("factors[mood]", "FACTOR_UNKNOWN"));
  EXPECT_THAT(faulty, HasViolation("factors[site]", "LEVEL_UNKNOWN"));
  EXPECT_THAT(Allocate(people().coline, participant, {{"age", "<45"}, {"site", "LYO"}}), IsOk());
}

TEST_F(AllocateParticipantTest, AwaitsTheRequiredQuestionnairesOfTheBaseline) {
  const Trial trial = WithLists();
  const std::string participant = Consented(trial, trial.lyon_id, "PILOT");
  const auto refused = Allocate(people().coline, participant, {{"age", "<45"}});
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "BASELINE_INCOMPLETE"));
  // The optional one is not awaited.
  EXPECT_EQ(error::DetailOf(refused.status()).metadata["missing"], "diary");
  Submit(participant, "T0+4m");
  EXPECT_THAT(Allocate(people().coline, participant, {{"age", "<45"}}),
              StatusIs(StatusCode::kFailedPrecondition, "BASELINE_INCOMPLETE"));
  Submit(participant, "baseline");
  EXPECT_THAT(Allocate(people().coline, participant, {{"age", "<45"}}), IsOk());
}

TEST_F(AllocateParticipantTest, IsForParticipantsWhoAreEnrolledAndGoOn) {
  const Trial trial = WithLists();
  const auto state = [&](const std::string& participant) {
    const auto refused = Allocate(people().coline, participant);
    EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "PARTICIPANT_NOT_ENROLLED"));
    return error::DetailOf(refused.status()).metadata["state"];
  };
  EXPECT_EQ(state(Consented(trial, trial.lyon_id, "MAIN", "2025-03-10", false)), "CONSENTED");
  struct Case {
    const char* event;
    const char* state;
  };
  for (const Case& c : {Case{"WITHDRAWN/ALL", "WITHDRAWN"}, Case{"WITHDRAWN/CONTACT", "WITHDRAWN"},
                        Case{"WITHDRAWN/INTERVENTION", "INTERVENTION_STOPPED"}, Case{"DECEASED", "DECEASED"},
                        Case{"LOST", "LOST"}, Case{"COMPLETED", "COMPLETED"}}) {
    const std::string participant = Consented(trial, trial.lyon_id, "MAIN");
    Event(participant, c.event, "2025-04-01");
    EXPECT_EQ(state(participant), c.state) << c.event;
  }
  const std::string found = Consented(trial, trial.lyon_id, "MAIN");
  Event(found, "LOST", "2025-04-01");
  Event(found, "FOUND", "2025-05-01");
  EXPECT_THAT(Allocate(people().coline, found), IsOk());
}

TEST_F(AllocateParticipantTest, NeedsAListAndAnOpenSite) {
  const Trial trial = NewTrial();
  const std::string participant = Consented(trial, trial.lyon_id, "MAIN");
  EXPECT_THAT(Allocate(people().coline, participant),
              StatusIs(StatusCode::kFailedPrecondition, "ALLOCATION_LIST_MISSING"));
  ASSERT_THAT(CreateList(people().dora, trial, "MAIN"), IsOk());
  EXPECT_THAT(Allocate(people().coline, Consented(trial, trial.old_id, "MAIN")),
              StatusIs(StatusCode::kFailedPrecondition, "SITE_NOT_OPEN"));
  EXPECT_THAT(Allocate(people().coline, participant), IsOk());
}

// Scenario 21.
TEST_F(AllocateParticipantTest, GivesFiftyConcurrentCallersConsecutivePlaces) {
  const Trial trial = WithLists();
  // Three places first, so that the fifty begin near the end of a block; two sites share the list.
  for (int i = 0; i < 3; ++i) {
    ASSERT_THAT(Allocate(people().coline, Consented(trial, trial.lyon_id, "MAIN")), IsOk());
  }
  std::vector<std::string> participants(50);
  for (size_t i = 0; i < participants.size(); ++i) {
    participants[i] = Consented(trial, i % 2 == 0 ? trial.lyon_id : trial.saint_etienne_id, "MAIN");
  }
  std::vector<std::thread> threads;
  for (size_t i = 0; i < participants.size(); ++i) {
    threads.emplace_back([&, i] {
      EXPECT_THAT(Allocate(i % 2 == 0 ? people().coline : people().simone, participants[i]), IsOk());
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto places = database().Sql(
      "SELECT stratum, count(*), count(DISTINCT sequence), min(sequence), max(sequence) FROM cohort.allocation AS a "
      "JOIN cohort.allocation_list AS l USING (list_id) WHERE stage = 'MAIN' AND study_id = '" + trial.study_id +
      "' GROUP BY stratum");
  EXPECT_THAT(places, ElementsAre(ElementsAre("all", "53", "53", "1", "53")));
  const auto verified = Verify(people().dora, trial, "MAIN");
  ASSERT_THAT(verified, IsOk());
  EXPECT_EQ(verified->compared(), 53);
  EXPECT_THAT(verified->faults(), IsEmpty());
}

TEST_F(AllocateParticipantTest, AllocatesOneParticipantOnceToConcurrentCallers) {
  const Trial trial = WithLists();
  const std::string participant = Consented(trial, trial.lyon_id, "MAIN");
  std::vector<std::thread> threads;
  std::vector<absl::Status> answers(8);
  for (absl::Status& answer : answers) {
    threads.emplace_back([&] { answer = Allocate(people().coline, participant).status(); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::count_if(answers.begin(), answers.end(), [](const absl::Status& s) { return s.ok(); }), 1);
  for (const absl::Status& answer : answers) {
    if (answer.ok()) continue;
    EXPECT_THAT(answer, StatusIs(StatusCode::kAlreadyExists, "PARTICIPANT_ALLOCATED"));
  }
  EXPECT_EQ(Audited("participant.allocate", participant), 1);
}

TEST_F(VerifyAllocationListTest, IsForDataManagersOfTheWholeStudy) {
  const Trial trial = WithLists();
  EXPECT_THAT(Verify(people().coline, trial, "MAIN"), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Verify(people().dora, trial, ""), HasViolation("stage", "FIELD_REQUIRED"));
  EXPECT_THAT(Verify(people().dora, trial, "NEEDS"), StatusIs(StatusCode::kNotFound, "ALLOCATION_LIST_NOT_FOUND"));
  const auto empty = Verify(people().dora, trial, "MAIN");
  ASSERT_THAT(empty, IsOk());
  EXPECT_EQ(empty->compared(), 0);
  EXPECT_THAT(empty->faults(), IsEmpty());
  EXPECT_EQ(Audited("allocation_list.verify", empty->list().list_id()), 1);
}

TEST_F(VerifyAllocationListTest, FindsATamperedArmAGapAndAWrongStratum) {
  const Trial trial = WithLists();
  std::vector<std::string> participants;
  for (int i = 0; i < 5; ++i) {
    participants.push_back(Consented(trial, trial.lyon_id, "MAIN"));
    ASSERT_THAT(Allocate(people().coline, participants.back()), IsOk());
  }
  const auto faults = [&] {
    const auto verified = Verify(people().dora, trial, "MAIN");
    EXPECT_THAT(verified, IsOk());
    return verified.ok() ? std::vector<std::string>(verified->faults().begin(), verified->faults().end())
                         : std::vector<std::string>();
  };
  const std::string second = " WHERE participant_id = '" + participants[1] + "'";
  const std::string flip =
      "UPDATE cohort.allocation SET arm = CASE arm WHEN 'CONTROL' THEN 'INTERVENTION' ELSE 'CONTROL' END" + second;
  database().Sql(flip);
  EXPECT_THAT(faults(), ElementsAre("Place 2 of the stratum all has another arm than the list."));
  database().Sql(flip);
  EXPECT_THAT(faults(), IsEmpty());
  database().Sql("DELETE FROM cohort.allocation" + second);
  EXPECT_THAT(faults(), ElementsAre("Place 2 of the stratum all is not used."));
  database().Sql("UPDATE cohort.allocation SET stratum = 'x', sequence = 1 WHERE participant_id = '" +
                 participants[4] + "'");
  EXPECT_THAT(faults(), ::testing::Contains(HasSubstr("was given for factors of another stratum")));
  database().Sql("UPDATE cohort.allocation_list SET seed_sha256 = decode(repeat('00', 32), 'hex') WHERE study_id = '" +
                 trial.study_id + "'");
  EXPECT_THAT(faults(), ::testing::Contains("The seed is not the one to which the list was committed."));
  database().Sql("UPDATE cohort.allocation_list SET sealed_seed = set_byte(sealed_seed, 30, 7) WHERE study_id = '" +
                 trial.study_id + "'");
  EXPECT_THAT(Verify(people().dora, trial, "MAIN"),
              StatusIs(StatusCode::kFailedPrecondition, "ALLOCATION_KEY_MISMATCH"));
}

// Scenario 22.
TEST_F(CorrectStratumTest, KeepsTheAllocationAndStoresWhatTheStratumShouldHaveBeen) {
  const Trial trial = WithLists();
  const std::string participant = Ready(trial);
  const auto made = Allocate(people().coline, participant, {{"age", "<45"}});
  ASSERT_THAT(made, IsOk());
  const auto corrected = Correct(people().coline, participant, {{"age", ">=45"}});
  ASSERT_THAT(corrected, IsOk());
  EXPECT_EQ(corrected->arm(), made->arm());
  EXPECT_THAT(corrected->factors(), UnorderedElementsAre(Pair("site", "LYO"), Pair("age", "<45")));
  EXPECT_THAT(corrected->corrected_factors(), UnorderedElementsAre(Pair("age", ">=45")));
  EXPECT_EQ(Audited("allocation.correct_stratum", participant), 1);
  EXPECT_THAT(Correct(people().coline, participant, {{"age", ">=45"}}), HasViolation("factors", "NOTHING_CHANGED"));
  // Back again: right as it was entered.
  const auto back = Correct(people().coline, participant, {{"age", "<45"}});
  ASSERT_THAT(back, IsOk());
  EXPECT_THAT(back->corrected_factors(), IsEmpty());
  // The place is spent, the next one of the stratum as entered is 2.
  const std::string next = Ready(trial);
  ASSERT_THAT(Allocate(people().coline, next, {{"age", "<45"}}), IsOk());
  EXPECT_EQ(database().Value("SELECT sequence FROM cohort.allocation WHERE participant_id = '" + next + "'"), "2");
  EXPECT_THAT(Verify(people().dora, trial, "PILOT")->faults(), IsEmpty());
}

TEST_F(CorrectStratumTest, NamesWhatIsWrong) {
  const Trial trial = WithLists();
  const std::string participant = Ready(trial);
  EXPECT_THAT(Correct(people().coline, participant, {{"age", ">=45"}}),
              StatusIs(StatusCode::kNotFound, "ALLOCATION_NOT_FOUND"));
  ASSERT_THAT(Allocate(people().coline, participant, {{"age", "<45"}}), IsOk());
  EXPECT_THAT(Correct(people().bob, participant, {{"age", ">=45"}}),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Correct(people().simone, participant, {{"age", ">=45"}}),
              StatusIs(StatusCode::kNotFound, "ALLOCATION_NOT_FOUND"));
  EXPECT_THAT(Correct(people().coline, participant, {{"age", ">=45"}}, ""),
              HasViolation("change_reason", "CHANGE_REASON_REQUIRED"));
  EXPECT_THAT(Correct(people().coline, participant, {{"age", ">=45"}}, std::string(501, 'a')),
              HasViolation("change_reason", "FIELD_TOO_LONG"));
  EXPECT_THAT(Correct(people().coline, participant, {{"age", ">=45"}}, "Call 06 12 34 56 78."),
              HasViolation("change_reason", "TEXT_HOLDS_IDENTITY"));
  EXPECT_THAT(Correct(people().coline, participant, {{"mood", "x"}}), HasViolation("factors[mood]", "FACTOR_UNKNOWN"));
  EXPECT_THAT(Correct(people().coline, participant, {{"age", "x"}}), HasViolation("factors[age]", "LEVEL_UNKNOWN"));
  EXPECT_THAT(Correct(people().coline, participant, {{"site", "STE"}}), HasViolation("factors[site]", "LEVEL_UNKNOWN"));
}

TEST_F(GetAllocationTest, TellsTheArmAndRecordsWhoLearntIt) {
  const Trial trial = WithLists();
  const std::string participant = Consented(trial, trial.lyon_id, "MAIN");
  EXPECT_THAT(Get(people().coline, participant), StatusIs(StatusCode::kNotFound, "ALLOCATION_NOT_FOUND"));
  const auto made = Allocate(people().coline, participant);
  ASSERT_THAT(made, IsOk());
  const auto read = Get(people().coline, participant);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->SerializeAsString(), made->SerializeAsString());
  EXPECT_EQ(Audited("allocation.read", participant), 1);
  EXPECT_THAT(Get(people().simone, participant), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Get(people().chelsea, participant), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

}  // namespace
}  // namespace reprise::cohort
