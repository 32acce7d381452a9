// SPDX-License-Identifier: Apache-2.0
// The schedule on a real database, with the clock in the test's hands: the handlers themselves, under
// the service's own role, on facts that other services write.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/instrument_store.h"
#include "tests/house/house.h"

namespace reprise::questionnaire {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using house::NewId;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kDocument[] = R"yaml(
title: {en: "Diary", fr: "Journal"}
languages: [en, fr]
licence: {tier: own, owner: "Reprise", terms: "Apache-2.0"}
sections:
  - code: all
    items:
      - {code: days, type: integer, required: true, hard: {min: 0, max: 365}, text: {en: "Days?", fr: "Jours ?"}}
      - {code: remark, type: text, text: {en: "Remark", fr: "Remarque"}}
)yaml";

// Around consent 14 days after; around T0 two weeks on either side. `late` is not published.
constexpr char kProtocol[] = R"json({"questionnaires": [
  {"timepoint": "baseline", "instrument": "quest-diary", "version": "1.0", "anchor": "CONSENT",
   "after_days": 14, "required": true},
  {"timepoint": "T0+4m", "instrument": "quest-diary", "version": "1.0", "anchor": "T0",
   "offset_months": 4, "before_days": 14, "after_days": 14, "required": true},
  {"timepoint": "T0+8m", "instrument": "quest-diary", "version": "1.0", "anchor": "T0",
   "offset_months": 8, "before_days": 14, "after_days": 14},
  {"timepoint": "T0+12m", "instrument": "quest-diary", "version": "1.0", "anchor": "T0",
   "offset_months": 12, "before_days": 14, "after_days": 14},
  {"timepoint": "late", "instrument": "quest-later", "version": "1.0", "anchor": "RETURN",
   "stages": ["PILOT"]}]})json";

class ScheduleTest : public house::HouseTest {
 protected:
  ScheduleTest() : pool_(database().UrlOf("reprise_questionnaire"), 2, absl::Seconds(5)),
                   db_(pool_, kKey, Constraints()), handlers_(db_) {}

  // One study a program for all of these tests, which do not see each other's participants.
  static const std::string& study_id() {
    static const std::string* const kStudy = [] {
      const std::string id = NewId();
      database().Sql(absl::StrCat(
          "INSERT INTO study.study VALUES ('", id, "', 'QUEST', NULL, 'Quest', now());"
          "INSERT INTO study.protocol_version VALUES ('", id, "', 1, 'v1', '2026-01-01', 'x', sha256('x'), '",
          kProtocol, "', false, now(), '", NewId(), "', '')"));
      return new std::string(id);
    }();
    return *kStudy;
  }
  static std::string Site(const std::string& code, const std::string& zone) {
    const std::string& study = study_id();
    database().Sql(absl::StrCat("INSERT INTO study.site SELECT '", NewId(), "', '", study, "', '", code, "', '",
                                code, "', '", zone, "', now() ON CONFLICT DO NOTHING"));
    return database().Value(absl::StrCat("SELECT site_id FROM study.site WHERE study_id = '", study,
                                         "' AND code = '", code, "'"));
  }
  static std::string Participant(const std::string& consent_date, const std::string& site_code = "LYO",
                                 const std::string& zone = "Europe/Paris") {
    const std::string id = NewId();
    const std::string site = Site(site_code, zone);
    database().Sql(absl::StrCat(
        "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, stage, consent_date,"
        " protocol_version, age_at_consent) VALUES ('", id, "', '", study_id(), "', '", site, "', '", id.substr(0, 8),
        "', now(), 'MAIN', '", consent_date, "', 1, 45)"));
    return id;
  }
  static void Event(const std::string& participant_id, const std::string& kind, const std::string& date,
                    const std::string& withdrawal = "NULL") {
    database().Sql(absl::StrCat("INSERT INTO enrolment.event SELECT '", participant_id, "', count(*) + 1, '", kind,
                                "', '", date, "', ", withdrawal, ", '', '", NewId(), "', now()"
                                " FROM enrolment.event WHERE participant_id = '", participant_id, "'"));
  }
  static void T0(const std::string& participant_id, const std::string& date) {
    database().Sql(absl::StrCat(
        "INSERT INTO phase.milestone SELECT '", participant_id, "', 'ACTIVE_TREATMENT_END', count(*) + 1, '", date,
        "', CASE count(*) WHEN 0 THEN '' ELSE 'Letter misread.' END, '", NewId(), "', now()"
        " FROM phase.milestone WHERE participant_id = '", participant_id, "'"));
  }

  // 12:00 UTC of that day unless told.
  static absl::Time At(CivilDay day, int hour = 12, int minute = 0) {
    return absl::FromCivil(absl::CivilMinute(day.year(), day.month(), day.day(), hour, minute), absl::UTCTimeZone());
  }
  reprise::Call CallOn(absl::Time now) {
    reprise::Call call;
    call.method = "test";
    call.actor = {.user_id = actor_, .session_id = "", .role = "coordinator"};
    call.scope.places = {absl::StrCat(study_id(), "/*")};
    call.now = now;
    call.deadline = absl::Now() + absl::Minutes(1);
    call.ids = &ids_;
    return call;
  }
  const std::string& diary() {
    static std::string* id = nullptr;
    if (id == nullptr) id = new std::string(Publish("quest-diary", "1.0"));
    return *id;
  }
  std::string Publish(const std::string& id, const std::string& version) {
    v1::PublishInstrumentVersionRequest request;
    request.set_document(absl::StrCat("id: ", id, "\nversion: \"", version, "\"", kDocument));
    const auto made = handlers_.PublishInstrumentVersion(CallOn(At(CivilDay(2026, 1, 1))), request);
    EXPECT_THAT(made, IsOk());
    return made.ok() ? made->instrument_version_id() : "";
  }
  absl::StatusOr<v1::Instance> Open(const std::string& participant_id, const std::string& timepoint,
                                    absl::Time now, const std::string& version_id = "") {
    v1::OpenInstanceRequest request;
    request.set_participant_id(participant_id);
    request.set_instrument_version_id(version_id.empty() ? diary() : version_id);
    request.set_timepoint(timepoint);
    return handlers_.OpenInstance(CallOn(now), request);
  }
  absl::StatusOr<v1::Response> Submit(const std::string& instance_id, absl::Time now,
                                      std::optional<CivilDay> answered = std::nullopt) {
    v1::SubmitResponseRequest request;
    request.set_instance_id(instance_id);
    (*request.mutable_answers())["days"].set_value("30");
    if (answered.has_value()) Set(*answered, *request.mutable_answered_date());
    return handlers_.SubmitResponse(CallOn(now), request);
  }
  absl::StatusOr<v1::Draft> Save(const std::string& instance_id, absl::Time now,
                                 const std::map<std::string, std::string>& answers) {
    v1::SaveAnswersRequest request;
    request.set_instance_id(instance_id);
    for (const auto& [code, value] : answers) (*request.mutable_answers())[code].set_value(value);
    return handlers_.SaveAnswers(CallOn(now), request);
  }
  absl::StatusOr<v1::Draft> Draft(const std::string& instance_id) {
    v1::GetDraftRequest request;
    request.set_instance_id(instance_id);
    return handlers_.GetDraft(CallOn(At(CivilDay(2026, 1, 1))), request);
  }
  // By timepoint.
  std::map<std::string, v1::Instance> List(const std::string& participant_id, absl::Time now) {
    v1::ListInstancesRequest request;
    request.set_participant_id(participant_id);
    const auto list = handlers_.ListInstances(CallOn(now), request);
    EXPECT_THAT(list, IsOk());
    std::map<std::string, v1::Instance> found;
    if (list.ok()) {
      for (const v1::Instance& instance : list->instances()) found[instance.timepoint()] = instance;
    }
    return found;
  }
  static void Set(CivilDay day, google::type::Date& date) {
    date.set_year(static_cast<int>(day.year()));
    date.set_month(day.month());
    date.set_day(day.day());
  }
  static CivilDay Day(const google::type::Date& date) {
    return CivilDay(date.year(), date.month(), date.day());
  }

  static constexpr char kKey[] = "0123456789abcdef0123456789abcdef";
  const std::string actor_ = NewId();
  RandomIdSource ids_;
  db::Pool pool_;
  db::Database db_;
  Handlers handlers_;
};

using ListScheduleTest = ScheduleTest;
using ListOccasionsTest = ScheduleTest;
using OpenScheduledTest = ScheduleTest;
using SubmitScheduledTest = ScheduleTest;
using SaveAnswersTest = ScheduleTest;

TEST_F(ListScheduleTest, Scenario16CountsMonthsFromT0AsTheCalendarHasThem) {
  diary();
  const std::string who = Participant("2026-10-10");
  auto list = List(who, At(CivilDay(2026, 10, 12)));
  ASSERT_EQ(list.size(), 4u) << "`late` is of another stage";
  EXPECT_EQ(list["baseline"].state(), v1::Instance::STATE_OPEN);
  EXPECT_EQ(list["baseline"].instance_id(), "");
  EXPECT_TRUE(list["baseline"].required());
  EXPECT_EQ(list["baseline"].title().at("fr"), "Journal");
  EXPECT_EQ(list["T0+4m"].state(), v1::Instance::STATE_SCHEDULED);
  EXPECT_FALSE(list["T0+4m"].has_target_date());
  T0(who, "2026-10-31");
  list = List(who, At(CivilDay(2026, 11, 1)));
  EXPECT_EQ(Day(list["T0+4m"].target_date()), CivilDay(2027, 2, 28));
  EXPECT_EQ(Day(list["T0+8m"].target_date()), CivilDay(2027, 6, 30));
  EXPECT_EQ(Day(list["T0+12m"].target_date()), CivilDay(2027, 10, 31));
  EXPECT_EQ(Day(list["T0+4m"].window_open_date()), CivilDay(2027, 2, 14));
  EXPECT_EQ(Day(list["T0+4m"].window_close_date()), CivilDay(2027, 3, 14));
  EXPECT_EQ(list["baseline"].state(), v1::Instance::STATE_MISSED);
}

TEST_F(ListScheduleTest, ShowsTheScheduleToTheParticipantHerself) {
  const std::string who = Participant("2026-10-10");
  reprise::Call call = CallOn(At(CivilDay(2026, 10, 12)));
  call.scope = {.own_participant_id = who};
  v1::ListInstancesRequest request;
  request.set_participant_id(who);
  const auto list = handlers_.ListInstances(call, request);
  ASSERT_THAT(list, IsOk());
  EXPECT_EQ(list->instances_size(), 4);
  request.set_participant_id(Participant("2026-10-10"));
  EXPECT_THAT(handlers_.ListInstances(call, request), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(OpenScheduledTest, HoldsToScheduleAndWindow) {
  const std::string who = Participant("2026-10-10");
  EXPECT_THAT(Open(who, "T0+4m", At(CivilDay(2026, 10, 12))),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE"));
  T0(who, "2026-10-31");
  EXPECT_THAT(Open(who, "T0+4m", At(CivilDay(2027, 2, 13))),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE"));
  const std::string other = Publish("quest-diary", absl::StrCat("1.", NewId().substr(0, 6)));
  EXPECT_THAT(Open(who, "T0+4m", At(CivilDay(2027, 2, 14)), other),
              StatusIs(StatusCode::kFailedPrecondition, "INSTRUMENT_VERSION_NOT_SCHEDULED"));
  const auto opened = Open(who, "T0+4m", At(CivilDay(2027, 2, 14)));
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->state(), v1::Instance::STATE_OPEN);
  EXPECT_EQ(Day(opened->target_date()), CivilDay(2027, 2, 28));
  EXPECT_EQ(Audited("instance.open", opened->instance_id()), 1);
  EXPECT_THAT(Open(who, "T0+4m", At(CivilDay(2027, 2, 15))),
              StatusIs(StatusCode::kAlreadyExists, "INSTANCE_EXISTS"));
  // Besides the schedule: another timepoint, with any version; late ones are opened too.
  EXPECT_THAT(Open(who, "extra", At(CivilDay(2027, 2, 15)), other), IsOk());
  const auto late = Open(who, "baseline", At(CivilDay(2027, 2, 15)));
  ASSERT_THAT(late, IsOk());
  EXPECT_EQ(late->state(), v1::Instance::STATE_MISSED);
  EXPECT_EQ(List(who, At(CivilDay(2027, 2, 15))).size(), 5u);
}

TEST_F(SubmitScheduledTest, Scenario15KeepsASubmissionWhenT0IsCorrectedAndFlagsIt) {
  const std::string who = Participant("2026-10-10");
  T0(who, "2026-10-31");
  const auto opened = Open(who, "T0+4m", At(CivilDay(2027, 3, 1)));
  ASSERT_THAT(opened, IsOk());
  ASSERT_THAT(Submit(opened->instance_id(), At(CivilDay(2027, 3, 1))), IsOk());
  EXPECT_FALSE(List(who, At(CivilDay(2027, 3, 2)))["T0+4m"].out_of_window());
  T0(who, "2026-09-15");
  auto list = List(who, At(CivilDay(2027, 3, 2)));
  const v1::Instance& kept = list["T0+4m"];
  EXPECT_EQ(kept.instance_id(), opened->instance_id());
  EXPECT_EQ(kept.state(), v1::Instance::STATE_SUBMITTED);
  EXPECT_EQ(Day(kept.answered_date()), CivilDay(2027, 3, 1));
  EXPECT_EQ(Day(kept.target_date()), CivilDay(2027, 1, 15));
  EXPECT_EQ(Day(kept.window_close_date()), CivilDay(2027, 1, 29));
  EXPECT_TRUE(kept.out_of_window());
  EXPECT_EQ(Day(list["T0+8m"].target_date()), CivilDay(2027, 5, 15));
}

TEST_F(SubmitScheduledTest, Scenario17CountsDaysWhereTheSiteIs) {
  struct Case {
    const char* name;
    const char* site;
    const char* zone;
    const char* consent;  // the window closes 14 days later
    absl::Time now;
    CivilDay answered;
    bool out_of_window;
  };
  const Case cases[] = {
      {"23:30 UTC on the last day is the next day in Paris", "LYO", "Europe/Paris", "2026-10-10",
       At(CivilDay(2026, 10, 24), 23, 30), CivilDay(2026, 10, 25), true},
      {"21:59 UTC is still the last day", "LYO", "Europe/Paris", "2026-10-10",
       At(CivilDay(2026, 10, 24), 21, 59), CivilDay(2026, 10, 24), false},
      {"the day of 25 hours begins at 22:00 UTC", "LYO", "Europe/Paris", "2026-10-11",
       At(CivilDay(2026, 10, 24), 22, 0), CivilDay(2026, 10, 25), false},
      {"the day of 25 hours ends at 23:00 UTC", "LYO", "Europe/Paris", "2026-10-11",
       At(CivilDay(2026, 10, 25), 22, 59), CivilDay(2026, 10, 25), false},
      {"after 25 hours it is the next day", "LYO", "Europe/Paris", "2026-10-11",
       At(CivilDay(2026, 10, 25), 23, 0), CivilDay(2026, 10, 26), true},
      {"the day of 23 hours begins at 23:00 UTC", "LYO", "Europe/Paris", "2027-03-14",
       At(CivilDay(2027, 3, 27), 23, 0), CivilDay(2027, 3, 28), false},
      {"the day of 23 hours ends at 22:00 UTC", "LYO", "Europe/Paris", "2027-03-14",
       At(CivilDay(2027, 3, 28), 21, 59), CivilDay(2027, 3, 28), false},
      {"after 23 hours it is the next day", "LYO", "Europe/Paris", "2027-03-14",
       At(CivilDay(2027, 3, 28), 22, 0), CivilDay(2027, 3, 29), true},
      {"Réunion is four hours ahead all year", "REU", "Indian/Reunion", "2026-10-10",
       At(CivilDay(2026, 10, 24), 20, 0), CivilDay(2026, 10, 25), true},
      {"Réunion in the last minute", "REU", "Indian/Reunion", "2026-10-10",
       At(CivilDay(2026, 10, 24), 19, 59), CivilDay(2026, 10, 24), false},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string who = Participant(c.consent, c.site, c.zone);
    const auto opened = Open(who, "baseline", c.now - absl::Hours(48));
    ASSERT_THAT(opened, IsOk());
    const auto response = Submit(opened->instance_id(), c.now);
    ASSERT_THAT(response, IsOk());
    EXPECT_EQ(Day(response->answered_date()), c.answered);
    const v1::Instance listed = List(who, c.now)["baseline"];
    EXPECT_EQ(Day(listed.answered_date()), c.answered);
    EXPECT_EQ(listed.out_of_window(), c.out_of_window);
  }
}

TEST_F(SubmitScheduledTest, Scenario17OpensTheWindowAtMidnightOfTheSite) {
  const std::string who = Participant("2026-10-25", "REU", "Indian/Reunion");
  EXPECT_THAT(Open(who, "baseline", At(CivilDay(2026, 10, 24), 19, 59)),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE"));
  EXPECT_THAT(Open(who, "baseline", At(CivilDay(2026, 10, 24), 20, 0)), IsOk());
}

TEST_F(SubmitScheduledTest, TakesTheDayOfAPaperFormWithinReason) {
  const std::string who = Participant("2026-10-10");
  T0(who, "2026-10-31");
  const auto opened = Open(who, "T0+4m", At(CivilDay(2027, 2, 20)));
  ASSERT_THAT(opened, IsOk());
  const absl::Time now = At(CivilDay(2027, 3, 1), 23, 30);  // the 2nd in Paris
  const auto future = Submit(opened->instance_id(), now, CivilDay(2027, 3, 3));
  EXPECT_THAT(future, StatusIs(StatusCode::kInvalidArgument, "DATE_IN_FUTURE"));
  EXPECT_THAT(future, HasViolation("answered_date", "DATE_IN_FUTURE"));
  EXPECT_THAT(Submit(opened->instance_id(), now, CivilDay(2027, 2, 13)),
              StatusIs(StatusCode::kInvalidArgument, "DATE_BEFORE_OPENING"));
  // T0 was earlier than thought, so the paper may be older than the window was at the opening.
  T0(who, "2026-10-20");
  EXPECT_THAT(Submit(opened->instance_id(), now, CivilDay(2027, 2, 5)),
              StatusIs(StatusCode::kInvalidArgument, "DATE_BEFORE_OPENING"));
  const auto taken = Submit(opened->instance_id(), now, CivilDay(2027, 2, 6));
  ASSERT_THAT(taken, IsOk());
  EXPECT_EQ(Day(taken->answered_date()), CivilDay(2027, 2, 6));
  v1::CorrectResponseRequest correction;
  correction.set_instance_id(opened->instance_id());
  correction.set_etag(taken->etag());
  correction.set_change_reason("Misread.");
  (*correction.mutable_answers())["days"].set_value("31");
  const auto corrected = handlers_.CorrectResponse(CallOn(now), correction);
  ASSERT_THAT(corrected, IsOk());
  EXPECT_EQ(Day(corrected->answered_date()), CivilDay(2027, 2, 6)) << "a correction keeps the day";
  // Besides the schedule consent is the first day.
  const auto besides = Open(who, "besides", now);
  ASSERT_THAT(besides, IsOk());
  EXPECT_THAT(Submit(besides->instance_id(), now, CivilDay(2026, 10, 9)),
              StatusIs(StatusCode::kInvalidArgument, "DATE_BEFORE_OPENING"));
  EXPECT_THAT(Submit(besides->instance_id(), now, CivilDay(2026, 10, 10)), IsOk());
}

TEST_F(SubmitScheduledTest, Scenario27AsksNothingMoreAfterDeathOrWithdrawal) {
  struct Case {
    const char* name;
    const char* kind;
    const char* withdrawal;
    bool cancelled;
  };
  for (const Case& c : {Case{"Scenario27: death", "DECEASED", "NULL", true},
                        Case{"Scenario23: the intervention alone", "WITHDRAWN", "'INTERVENTION'", false},
                        Case{"contact", "WITHDRAWN", "'CONTACT'", true},
                        Case{"all", "WITHDRAWN", "'ALL'", true},
                        Case{"all with erasure", "WITHDRAWN", "'ALL_WITH_ERASURE'", true},
                        Case{"not eligible after all", "SCREEN_FAILED", "NULL", true},
                        Case{"lost", "LOST", "NULL", false}}) {
    SCOPED_TRACE(c.name);
    const std::string who = Participant("2026-10-10");
    const absl::Time now = At(CivilDay(2026, 10, 20));
    const auto opened = Open(who, "baseline", At(CivilDay(2026, 10, 12)));
    ASSERT_THAT(opened, IsOk());
    Event(who, c.kind, "2026-10-15", c.withdrawal);
    auto list = List(who, now);
    EXPECT_EQ(list["baseline"].state(), c.cancelled ? v1::Instance::STATE_CANCELLED : v1::Instance::STATE_OPEN);
    EXPECT_EQ(list["T0+4m"].state(),
              c.cancelled ? v1::Instance::STATE_CANCELLED : v1::Instance::STATE_SCHEDULED);
    if (c.cancelled) {
      EXPECT_THAT(Submit(opened->instance_id(), now),
                  StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED"));
      EXPECT_THAT(Save(opened->instance_id(), now, {{"days", "3"}}),
                  StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED"));
      EXPECT_THAT(Open(who, "besides", now), StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED"));
    } else {
      EXPECT_THAT(Submit(opened->instance_id(), now), IsOk());
    }
  }
}

TEST_F(SaveAnswersTest, KeepsTheNewestValueOfEachItemUntilTheSubmission) {
  const std::string who = Participant("2026-10-10");
  const absl::Time now = At(CivilDay(2026, 10, 12));
  const auto opened = Open(who, "baseline", now);
  ASSERT_THAT(opened, IsOk());
  const std::string id = opened->instance_id();
  ASSERT_THAT(Draft(id), IsOk());
  EXPECT_FALSE(Draft(id)->has_save_time());
  ASSERT_THAT(Save(id, now, {{"remark", "Fatiguée."}}), IsOk()) << "what is required may still lack";
  const auto second = Save(id, now + absl::Minutes(5), {{"days", "3"}});
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->answers_size(), 2);
  EXPECT_EQ(second->save_time().seconds(), absl::ToUnixSeconds(now + absl::Minutes(5)));
  ASSERT_THAT(Save(id, now, {{"days", "4"}, {"remark", ""}}), IsOk());
  const auto draft = Draft(id);
  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(draft->answers_size(), 1) << "an empty answer removes";
  EXPECT_EQ(draft->answers().at("days").value(), "4");
  EXPECT_EQ(Audited("draft.save", id), 3);
  EXPECT_GE(Audited("draft.read", id), 1);
  EXPECT_EQ(List(who, now)["baseline"].state(), v1::Instance::STATE_IN_PROGRESS);
  ASSERT_THAT(Submit(id, now), IsOk());
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM questionnaire.draft WHERE instance_id = '", id, "'")),
            "0");
  EXPECT_EQ(Draft(id)->answers_size(), 0);
  EXPECT_THAT(Save(id, now, {{"days", "5"}}), StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_SUBMITTED"));
}

TEST_F(SaveAnswersTest, JudgesEachAnswerByItself) {
  const auto opened = Open(Participant("2026-10-10"), "baseline", At(CivilDay(2026, 10, 12)));
  ASSERT_THAT(opened, IsOk());
  struct Case {
    const char* name;
    const char* item;
    const char* value;
    const char* reason;
  };
  for (const Case& c : {Case{"unknown item", "nose", "1", "ITEM_UNKNOWN"},
                        Case{"out of range", "days", "366", "ANSWER_OUT_OF_RANGE"},
                        Case{"no number", "days", "many", "ANSWER_MALFORMED"},
                        Case{"Scenario43: telephone", "remark", "06 12 34 56 78", "TEXT_HOLDS_PHONE"},
                        Case{"Scenario43: NIR", "remark", "2 69 05 49 588 157 80", "TEXT_HOLDS_NIR"}}) {
    SCOPED_TRACE(c.name);
    const auto refused = Save(opened->instance_id(), At(CivilDay(2026, 10, 12)), {{c.item, c.value}});
    EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "ANSWERS_INVALID"));
    EXPECT_THAT(refused, HasViolation(absl::StrCat("answers[", c.item, "]"), c.reason));
  }
  EXPECT_EQ(Audited("draft.save", opened->instance_id()), 0);
  EXPECT_THAT(Save(NewId(), At(CivilDay(2026, 10, 12)), {}), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  EXPECT_THAT(Draft(NewId()), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
}

TEST_F(ListOccasionsTest, TurnsPagesOfWhatIsDueAndStaysInTheCallersSites) {
  const std::string code = "PAG";
  std::vector<std::string> people;
  for (int i = 0; i < 3; ++i) people.push_back(Participant("2026-10-10", code));
  T0(people[0], "2026-10-31");
  v1::ListOccasionsRequest request;
  request.set_study_id(study_id());
  request.set_site_id(Site(code, "Europe/Paris"));
  request.set_page_size(5);
  const reprise::Call call = CallOn(At(CivilDay(2027, 3, 1)));
  std::vector<std::string> seen;
  do {
    const auto page = handlers_.ListOccasions(call, request);
    ASSERT_THAT(page, IsOk());
    for (const auto& occasion : page->occasions()) {
      seen.push_back(absl::StrCat(occasion.participant_id(), " ", occasion.timepoint()));
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen.size(), 12u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 12u);
  // Windows that touch March 2027: only the one at T0 and 4 months of the first.
  Set(CivilDay(2027, 3, 1), *request.mutable_from_date());
  Set(CivilDay(2027, 3, 31), *request.mutable_until_date());
  const auto march = handlers_.ListOccasions(call, request);
  ASSERT_THAT(march, IsOk());
  ASSERT_EQ(march->occasions_size(), 1);
  EXPECT_EQ(march->occasions(0).participant_id(), people[0]);
  EXPECT_EQ(march->occasions(0).state(), v1::Instance::STATE_OPEN);
  EXPECT_EQ(march->occasions(0).title().at("en"), "Diary");
  reprise::Call far = call;
  far.scope.places = {absl::StrCat(study_id(), "/", NewId())};
  const auto none = handlers_.ListOccasions(far, request);
  ASSERT_THAT(none, IsOk());
  EXPECT_EQ(none->occasions_size(), 0);
}

TEST_F(ListOccasionsTest, RefusesOddDaysAndPages) {
  v1::ListOccasionsRequest request;
  request.set_study_id(study_id());
  request.mutable_from_date()->set_year(2027);
  const reprise::Call call = CallOn(At(CivilDay(2027, 3, 1)));
  EXPECT_THAT(handlers_.ListOccasions(call, request), StatusIs(StatusCode::kInvalidArgument, "DATE_INVALID"));
  request.clear_from_date();
  request.set_page_size(10001);
  EXPECT_THAT(handlers_.ListOccasions(call, request), StatusIs(StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID"));
  request.set_page_size(0);
  request.set_page_token("cDE6eA");
  EXPECT_THAT(handlers_.ListOccasions(call, request), StatusIs(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
}

TEST_F(ListOccasionsTest, IsRefusedOverTheWireWithoutTheRight) {
  constexpr char kService[] = "reprise.questionnaire.v1.QuestionnaireService/";
  v1::ListOccasionsRequest request;
  request.set_study_id(people().study_id);
  EXPECT_THAT(HouseTest::Call<v1::ListOccasionsResponse>(people().rachel, absl::StrCat(kService, "ListOccasions"), request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(HouseTest::Call<v1::ListOccasionsResponse>(people().coline, absl::StrCat(kService, "ListOccasions"), request),
              IsOk());
  v1::SaveAnswersRequest save;
  save.set_request_id(NewId());
  save.set_instance_id(NewId());
  EXPECT_THAT(HouseTest::Call<v1::Draft>(people().rachel, absl::StrCat(kService, "SaveAnswers"), save),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(HouseTest::Call<v1::Draft>(people().paula, absl::StrCat(kService, "SaveAnswers"), save),
              StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  v1::GetDraftRequest read;
  read.set_instance_id(NewId());
  EXPECT_THAT(HouseTest::Call<v1::Draft>(people().dora, absl::StrCat(kService, "GetDraft"), read),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

}  // namespace
}  // namespace reprise::questionnaire
