// SPDX-License-Identifier: Apache-2.0
// Answers to an instance that was read before, which are written without reading it again: what has changed
// since, and who reads and who writes, decide as if it had been read.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/schedule_fixture.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using reprise::testing::StatusIs;

class RememberedTest : public ScheduleTest {
 protected:
  static absl::Time Now() { return At(CivilDay(2026, 10, 12)); }
  // Opened and read by the coordinator.
  std::string Read(const std::string& participant_id) {
    const auto opened = Open(participant_id, "baseline", Now());
    EXPECT_THAT(opened, IsOk());
    if (!opened.ok()) return "";
    EXPECT_THAT(Draft(opened->instance_id()), IsOk());
    return opened->instance_id();
  }
  static std::string Stored(const std::string& what, const std::string& table, const std::string& instance_id) {
    return database().Value(absl::StrCat("SELECT count(*) || coalesce(' ' || min(", what, "::text), '') FROM ", table,
                                         " WHERE instance_id = '", instance_id, "'"));
  }
};

TEST_F(RememberedTest, AnswersAreStoredAndTheDraftIsGone) {
  const std::string id = Read(Participant("2026-10-10"));
  ASSERT_THAT(Save(id, Now(), {{"days", "12"}}), IsOk());
  EXPECT_EQ(Stored("answer", "questionnaire.draft", id), "1 12");
  ASSERT_THAT(Submit(id, Now()), IsOk());
  EXPECT_EQ(Stored("answers[1]", "questionnaire.response", id), "1 30");
  EXPECT_EQ(Stored("answer", "questionnaire.draft", id), "0");
  EXPECT_THAT(Submit(id, Now()), StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_SUBMITTED"));
}

TEST_F(RememberedTest, WhatOneCallerReadHelpsNoOther) {
  const std::string id = Read(Participant("2026-10-10"));
  v1::SubmitResponseRequest request;
  request.set_instance_id(id);
  (*request.mutable_answers())["days"].set_value("30");
  reprise::Call elsewhere = CallOn(Now());
  elsewhere.scope.places = {absl::StrCat(study_id(), "/", NewId())};
  EXPECT_THAT(handlers_.SubmitResponse(elsewhere, request), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  const reprise::Call another = CallOfHer(Participant("2026-10-10"), Now());
  EXPECT_THAT(handlers_.SubmitResponse(another, request), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  (*request.mutable_answers())["days"].set_value("many");
  EXPECT_THAT(handlers_.SubmitResponse(another, request), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"))
      << "nor do refused answers tell her that it exists";
  EXPECT_EQ(Stored("version", "questionnaire.response", id), "0");
}

TEST_F(RememberedTest, AWithdrawalSinceThenIsSeen) {
  for (const char* withdrawal : {"'CONTACT'", "'ALL'"}) {
    const std::string her = Participant("2026-10-10");
    const std::string id = Read(her);
    ASSERT_THAT(Save(id, Now(), {{"days", "12"}}), IsOk());
    Event(her, "WITHDRAWN", "2026-10-11", withdrawal);
    EXPECT_THAT(Submit(id, Now()), StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED"));
    EXPECT_EQ(Stored("version", "questionnaire.response", id), "0");
    EXPECT_EQ(Stored("answer", "questionnaire.draft", id), "1 12") << "the refused write deletes nothing";
  }
}

TEST_F(RememberedTest, TheSiteSheHasMovedToIsRecorded) {
  const std::string her = Participant("2026-10-10");
  const std::string id = Read(her);
  const std::string site = Site("GRE", "Europe/Paris");
  database().Sql(absl::StrCat("UPDATE enrolment.participant SET site_id = '", site, "' WHERE participant_id = '", her, "'"));
  ASSERT_THAT(Submit(id, Now()), IsOk());
  EXPECT_EQ(Stored("site_id", "questionnaire.response", id), absl::StrCat("1 ", site));
  EXPECT_EQ(database().Value(absl::StrCat("SELECT site_id FROM audit.event WHERE action = 'response.submit'"
                                          " AND subject_id = '", id, "'")),
            site);
}

TEST_F(RememberedTest, OnlyTheNewestAreKept) {
  const std::string her = Participant("2026-10-10");
  const std::string id = Read(her);
  Instances few(1);
  ASSERT_THAT(db_.Read(CallOn(Now()), [&](db::Tx& tx) { return few.Load(tx, id); }), IsOk());
  ASSERT_TRUE(few.Remembered(id).has_value());
  EXPECT_EQ(few.Remembered(id)->participant_id, her);
  const std::string next = Read(Participant("2026-10-10"));
  ASSERT_THAT(db_.Read(CallOn(Now()), [&](db::Tx& tx) { return few.Load(tx, next); }), IsOk());
  EXPECT_TRUE(few.Remembered(next).has_value());
  EXPECT_FALSE(few.Remembered(id).has_value());
}

}  // namespace
}  // namespace reprise::questionnaire
