// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/print.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reprise/access/v1/access_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/quality/v1/quality_service.pb.h"
#include "reprise/questionnaire/v1/response.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(TableTest, ColumnsAlignByWhatATerminalShows) {
  const Rows rows{.header = {"name", "n"},
                  .cells = {{"Zoé", "1"}, {"Zoe\xCC\x81", "2"}, {"Jean", "3"}, {"田中", "4"}}};
  EXPECT_EQ(PrintTable(rows),
            "name  n\n"
            "Zoé   1\n"
            "Zoe\xCC\x81   2\n"
            "Jean  3\n"
            "田中  4\n");
}

TEST(TableTest, EmptyColumnsAreLeftOutAndNoRowsAreSaid) {
  EXPECT_EQ(PrintTable({.header = {"a", "b", "c"}, .cells = {{"", "1", ""}, {"", "2", "x"}}}),
            "b  c\n1\n2  x\n");
  EXPECT_EQ(PrintTable({.header = {"a"}, .cells = {}}), "(nothing)\n");
}

TEST(TableTest, AValueNeitherBreaksALineNorSteersTheTerminal) {
  EXPECT_EQ(PrintTable({.header = {"a"}, .cells = {{"x\ny\x1B[31m\t"}}}), "a\nx y [31m\n");
}

access::v1::ListUsersResponse TwoUsers() {
  access::v1::ListUsersResponse list;
  auto* const zoe = list.add_users();
  zoe->set_login_name("zoe");
  zoe->set_display_name("Zoé, \"la\" coordinatrice");
  zoe->mutable_made_time()->set_seconds(1767225600);  // 2026-01-01
  zoe->mutable_made_time()->set_nanos(120000000);
  auto* const bob = list.add_users();
  bob->set_login_name("bob");
  bob->mutable_made_time()->set_seconds(1767225600);
  bob->mutable_disabled_time()->set_seconds(1767312000);
  return list;
}

TEST(PrintTest, AListIsATableOfTheColumnsChosen) {
  EXPECT_EQ(Print(TwoUsers(), "table", {"login_name", "made_time", "disabled_time", "user_id"}),
            "login_name  made_time                disabled_time\n"
            "zoe         2026-01-01 00:00:00 UTC\n"
            "bob         2026-01-01 00:00:00 UTC  2026-01-02 00:00:00 UTC\n");
}

TEST(PrintTest, CsvHoldsEveryColumnAndReadsBack) {
  const auto table = text::ParseCsv(Print(TwoUsers(), "csv", {"login_name"}), "t.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->header, ElementsAre("user_id", "login_name", "display_name", "language",
                                         "participant_id", "disabled_time", "made_time", "etag",
                                         "second_factor_on"));
  EXPECT_THAT(table->rows[0], ElementsAre("", "zoe", "Zoé, \"la\" coordinatrice", "", "", "",
                                          "2026-01-01T00:00:00.12Z", "", "false"));
}

TEST(PrintTest, AnEmptyListHasItsHeaderInCsvAndAnEmptyArrayInJson) {
  const enrolment::v1::ListParticipantsResponse none;
  EXPECT_EQ(Print(none, "csv"), "participant_id,study_id,site_id,code,made_time,stage,status,consent_date\n");
  EXPECT_EQ(nlohmann::json::parse(Print(none, "json"))["participants"].size(), 0u);
  EXPECT_EQ(Print(none, "table"), "(nothing)\n");
}

TEST(PrintTest, JsonIsProtobufsMappingWithTheFieldsNames) {
  const auto json = nlohmann::json::parse(Print(TwoUsers(), "json"));
  EXPECT_EQ(json["users"][0]["display_name"], "Zoé, \"la\" coordinatrice");
  EXPECT_EQ(json["users"][0]["made_time"], "2026-01-01T00:00:00.120Z");
  EXPECT_FALSE(json["users"][0].contains("disabled_time"));
}

TEST(PrintTest, OneMessageStandsUprightWithItsListsBelow) {
  access::v1::GetSelfResponse self;
  self.mutable_user()->set_login_name("zoe");
  self.add_permissions("a.b");
  self.add_permissions("c.d");
  self.add_delegations()->set_role(access::v1::ROLE_OCCUPATIONAL_PHYSICIAN);
  self.add_sessions()->set_current(true);
  EXPECT_EQ(Print(self, "table"),
            "user.login_name           zoe\n"
            "user.second_factor_on     no\n"
            "permissions               a.b, c.d\n"
            "password_change_required  no\n"
            "\n"
            "delegations\n"
            "role\n"
            "occupational_physician\n"
            "\n"
            "sessions\n"
            "current\n"
            "yes\n");
}

TEST(PrintTest, EnumsAndTruthAreWordsForPeopleAndNamesForPrograms) {
  questionnaire::v1::Instance instance;
  instance.set_state(questionnaire::v1::Instance::STATE_SUBMITTED);
  EXPECT_EQ(Print(instance, "table"), "state          submitted\nout_of_window  no\nrequired       no\ntakes_answers  no\n");
  EXPECT_THAT(Print(instance, "csv"), HasSubstr("STATE_SUBMITTED"));
  quality::v1::VerifyAuditLogResponse outcome;
  outcome.add_findings()->set_kind(quality::v1::AuditFinding::KIND_EVENT_EDITED);
  EXPECT_THAT(Print(outcome, "table"), HasSubstr("event_edited"));
  access::v1::Session session;
  EXPECT_EQ(Print(session, "csv"), "session_id,made_time,last_use_time,current,client\n,,,false,\n");
}

TEST(PrintTest, MapsAreSortedAndNestedMessagesAreColumns) {
  study::v1::ListStudiesResponse list;
  auto* const study = list.add_studies()->mutable_study();
  study->set_code("FASTRACS");
  (*study->mutable_title())["fr"] = "Retour";
  (*study->mutable_title())["en"] = "Return";
  EXPECT_EQ(Print(list, "table"),
            "study.code  study.title\n"
            "FASTRACS    en: Return; fr: Retour\n");
  questionnaire::v1::Response response;
  (*response.mutable_answers())["i2"].set_missing(questionnaire::v1::MISSING_REFUSED);
  (*response.mutable_answers())["i1"].set_value("3");
  EXPECT_EQ(Print(response, "table"),
            "version  0\n\nanswers\nkey  value  missing\ni1   3\ni2          refused\n");
}

TEST(PrintTest, AMessageWithoutFieldsIsDone) {
  EXPECT_EQ(Print(access::v1::LogoutResponse(), "table"), "done\n");
  EXPECT_EQ(Print(access::v1::LogoutResponse(), "json"), "{}\n");
}

}  // namespace
}  // namespace reprise::cli
