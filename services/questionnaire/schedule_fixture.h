// SPDX-License-Identifier: Apache-2.0
// A study with a schedule on a real database, and the clock in the test's hands: the handlers
// themselves, under the service's own role, on facts that other services write.
#ifndef REPRISE_QUESTIONNAIRE_SCHEDULE_FIXTURE_H_
#define REPRISE_QUESTIONNAIRE_SCHEDULE_FIXTURE_H_

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/instrument_store.h"
#include "tests/house/house.h"

namespace reprise::questionnaire {

using absl::CivilDay;
using house::NewId;
using reprise::testing::IsOk;

inline constexpr char kDocument[] = R"yaml(
title: {en: "Diary", fr: "Journal"}
languages: [en, fr]
licence: {tier: own, owner: "Reprise", terms: "Apache-2.0"}
sections:
  - code: all
    items:
      - {code: days, type: integer, required: true, hard: {min: 0, max: 365}, text: {en: "Days?", fr: "Jours ?"}}
      - {code: remark, type: text, text: {en: "Remark", fr: "Remarque"}}
)yaml";

// Around consent 14 days after; around T0 two weeks on either side. `late` is not published; in the
// pilot the team answers `talk`.
inline constexpr char kProtocol[] = R"json({"questionnaires": [
  {"timepoint": "baseline", "instrument": "quest-diary", "version": "1.0", "anchor": "CONSENT",
   "after_days": 14, "required": true},
  {"timepoint": "T0+4m", "instrument": "quest-diary", "version": "1.0", "anchor": "T0",
   "offset_months": 4, "before_days": 14, "after_days": 14, "required": true},
  {"timepoint": "T0+8m", "instrument": "quest-diary", "version": "1.0", "anchor": "T0",
   "offset_months": 8, "before_days": 14, "after_days": 14},
  {"timepoint": "T0+12m", "instrument": "quest-diary", "version": "1.0", "anchor": "T0",
   "offset_months": 12, "before_days": 14, "after_days": 14},
  {"timepoint": "late", "instrument": "quest-later", "version": "1.0", "anchor": "RETURN",
   "stages": ["PILOT"]},
  {"timepoint": "talk", "instrument": "quest-diary", "version": "1.0", "anchor": "CONSENT", "after_days": 14,
   "stages": ["PILOT"], "respondent": "TEAM"}],
  "stages": [{"code": "MAIN"}, {"code": "PILOT"}],
  "timepoints": [{"code": "talk", "title": {"fr": "Entretien", "en": "Talk"}}]})json";

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
        "INSERT INTO enrolment.screening SELECT '", id, "', '", study_id(), "', '", site, "', 'MAIN', count(*) + 1, '",
        consent_date, "', 1, 'ELIGIBLE', '{}', '", NewId(), "', now() FROM enrolment.screening;"
        "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage,"
        " consent_date, protocol_version, age_at_consent) VALUES ('", id, "', '", study_id(), "', '", site, "', '",
        id.substr(0, 8), "', now(), '", id, "', 'MAIN', '", consent_date, "', 1, 45)"));
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
  // As the chassis makes it of a participant's session.
  reprise::Call CallOfHer(const std::string& participant_id, absl::Time now) {
    reprise::Call call = CallOn(now);
    call.actor.role = "participant";
    call.scope = {.own_participant_id = participant_id};
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

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_SCHEDULE_FIXTURE_H_
