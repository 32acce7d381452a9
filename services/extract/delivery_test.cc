// SPDX-License-Identifier: Apache-2.0
// What is in the files, and what must not be. Expected days are counted by hand from 10 March 2026.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include <nlohmann/json.hpp>

#include "services/extract/domain/preparation/pseudonym.h"
#include "services/extract/extract_fixture.h"
#include "services/platform/id/digest.h"
#include "services/platform/text/csv.h"

namespace reprise::extract {
namespace {

using Json = nlohmann::json;

class DeliveryTest : public ExtractTest {
 protected:
  // Everything that can be recorded, with corrections before and after 1 September 2026.
  void Fill() {
    Participant("LYO-7001");
    Event("ENROLLED", "2026-03-12", "2026-03-12");
    Sql("INSERT INTO cohort.allocation_list VALUES ('$P', '$S', 'MAIN', 1, '{}', 'x', sha256('x'), '$P', '2026-03-01')");
    Sql("INSERT INTO cohort.allocation VALUES ('$P', '$P', 's', 1, 'INTERVENTION', '{}', '2026-03-20', '$P', '2026-03-20')");
    Sql("INSERT INTO phase.milestone VALUES"
        " ('$P', 'ACTIVE_TREATMENT_END', 1, '2026-06-01', '', '$P', '2026-06-01'),"
        " ('$P', 'ACTIVE_TREATMENT_END', 2, '2026-06-15', 'Words', '$P', '2026-07-01'),"
        " ('$P', 'ACTIVE_TREATMENT_END', 3, '2026-07-01', 'Words', '$P', '2026-09-02'),"
        " ('$P', 'SURGERY', 1, '2026-02-28', '', '$P', '2026-03-10')");
    Sql("INSERT INTO phase.leave VALUES"
        " ('" + NewId() + "', '$P', '2026-03-09', '2026-03-10', '2026-04-09', 'INITIAL', 'ILLNESS', false, '$P', '2026-03-10'),"
        " ('$P', '$P', '2026-04-01', '2026-04-10', '2026-04-12', 'EXTENSION', 'ILLNESS', true, '$P', '2026-04-10')");
    Sql("INSERT INTO phase.leave_void VALUES ('$P', 'Words', '$P', '2026-09-02')");
    Sql("INSERT INTO phase.revision VALUES ('$P', 'WORK_STATUS', 1, '', '$P', '2026-03-10'),"
        " ('$P', 'WORK_STATUS', 2, 'Words', '$P', '2026-07-01'), ('$P', 'WORK_STATUS', 3, 'Words', '$P', '2026-09-02'),"
        " ('$P', 'PHASE', 1, '', '$P', '2026-03-10')");
    Sql("INSERT INTO phase.work_status (participant_id, revision, position, kind, percent, start_date, end_date) VALUES"
        " ('$P', 1, 1, 'SICK_LEAVE', NULL, '2026-03-10', NULL),"
        " ('$P', 2, 1, 'SICK_LEAVE', NULL, '2026-03-10', '2026-06-30'),"
        " ('$P', 2, 2, 'THERAPEUTIC_PART_TIME', 50, '2026-07-01', NULL),"
        " ('$P', 3, 1, 'UNKNOWN', NULL, '2026-03-10', NULL)");
    Sql("INSERT INTO phase.phase_episode (participant_id, revision, position, kind, start_date, end_date, trigger, flags)"
        " VALUES ('$P', 1, 1, 'LEAVE', '2026-03-10', '2026-05-31', 'typed by Anne Martin', '{}'),"
        " ('$P', 1, 2, 'PREPARATION', '2026-06-01', NULL, 'PRE_RETURN_VISIT', '{POSTPONED,RELAPSE}')");
    Sql("INSERT INTO phase.visit VALUES"
        " ('" + NewId() + "', 1, '$P', 'PRE_RETURN', 'PLANNED', '2026-06-10', 'VIDEO', '{}', '', '$P', '2026-06-01'),"
        " ('$P', 1, '$P', 'TRANSITION', 'DONE', '2026-06-20', 'IN_PERSON', '{WORK_TIME,NONE}', 'Words', '$P', '2026-06-20')");
    Sql("INSERT INTO phase.delivery VALUES ('$P', '$P', 'TOOLKIT', '1.2', '2026-03-25', 'PARTICIPANT', '{}', '$P', '2026-03-25'),"
        " ('" + NewId() + "', '$P', 'TOOLKIT', '1.2', '2026-08-25', 'EMPLOYER', '{}', '$P', '2026-09-02')");
    Answer("baseline", 1, "{12,1,2026-04-01,\"Marie, the neighbour\",2026-03,69003}", "......", "2026-03-15", "2026-03-15");
    Answer("baseline", 2, "{13,1,2026-04-01,\"Marie, the neighbour\",2026-03,69003}", "......", "2026-03-15", "2026-08-15");
    Answer("baseline", 3, "{14,1,2026-04-01,\"Marie, the neighbour\",2026-03,69003}", "......", "2026-03-15", "2026-09-02");
    Answer("T0+4m", 1, "{NULL,NULL,NULL,NULL,NULL,NULL}", "RBXNNN", "2026-08-30", "2026-08-30");
    Participant("LYO-7002");  // consented, nothing else
    Participant("LYO-7003", "PILOT");
    Event("ENROLLED", "2026-03-12", "2026-03-12");
    Answer("baseline", 1, "{99,1,NULL,NULL,NULL,NULL}", "..NNNN", "2026-03-15", "2026-03-15");
  }
  // Lines of a file without the pseudonym, sorted, for tables in which few rows have one.
  static std::vector<std::string> Lines(const Received& received, const std::string& file) {
    const auto table = text::ParseCsv(received.Of(file), file);
    EXPECT_THAT(table, IsOk());
    std::vector<std::string> lines;
    if (!table.ok()) return lines;
    for (const auto& row : table->rows) {
      std::string line;
      for (size_t i = 1; i < row.size(); ++i) absl::StrAppend(&line, i > 1 ? "," : "", row[i]);
      lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }
};

using ::testing::ElementsAre;

TEST_F(DeliveryTest, HoldsWhatWasRecordedUntilTheCut) {
  Fill();
  Received got;
  ASSERT_THAT(Download(Approved(), got), IsOk());
  // stage, site, arm, status, age band, protocol, enrolled, randomised, T0, withdrawal, its day, death, completed
  EXPECT_THAT(Lines(got, "participants.csv"), ElementsAre("MAIN,LYO,,CONSENTED,45-49,1,,,,,,,",
                                                          "MAIN,LYO,INTERVENTION,RANDOMISED,45-49,1,2,10,97,,,,"));
  EXPECT_THAT(Lines(got, "milestones.csv"), ElementsAre("ACTIVE_TREATMENT_END,97,2", "SURGERY,-10,1"));
  EXPECT_THAT(Lines(got, "leaves.csv"), ElementsAre("1,INITIAL,ILLNESS,0,-1,0,30", "2,EXTENSION,ILLNESS,1,22,31,33"));
  EXPECT_THAT(Lines(got, "work_status.csv"), ElementsAre("1,SICK_LEAVE,,0,112", "2,THERAPEUTIC_PART_TIME,50,113,"));
  EXPECT_THAT(Lines(got, "phases.csv"),
              ElementsAre("1,LEAVE,,,0,82", "2,PREPARATION,PRE_RETURN_VISIT,POSTPONED|RELAPSE,83,"));
  EXPECT_THAT(Lines(got, "visits.csv"),
              ElementsAre("PRE_RETURN,PLANNED,92,VIDEO,", "TRANSITION,DONE,102,IN_PERSON,WORK_TIME|NONE"));
  EXPECT_THAT(Lines(got, "deliveries.csv"), ElementsAre("TOOLKIT,1.2,15,PARTICIPANT,"));
  EXPECT_THAT(Lines(got, "form_xtr-diary_1.0.csv"), ElementsAre("T0+4m,173,1,.R,.B,.X", "baseline,5,2,13,1,22"));
  EXPECT_THAT(Lines(got, "wide.csv"),
              ElementsAre("MAIN,LYO,,CONSENTED,45-49,1,,,,,,,,,,,,,,,",
                          "MAIN,LYO,INTERVENTION,RANDOMISED,45-49,1,2,10,97,,,,,5,13,1,22,173,.R,.B,.X"));
  const auto wide = text::ParseCsv(got.Of("wide.csv"), "wide.csv");
  EXPECT_GE(wide->Column("baseline.xtr-diary.days"), 0);
  EXPECT_GE(wide->Column("T0+4m.xtr-diary.since"), 0);
}

TEST_F(DeliveryTest, Scenario19LeavesPilotParticipantsOutOfTheMainStage) {
  Fill();
  Received main, pilot;
  ASSERT_THAT(Download(Approved("MAIN"), main), IsOk());
  ASSERT_THAT(Download(Approved("PILOT"), pilot), IsOk());
  EXPECT_EQ(Lines(main, "participants.csv").size(), 2u);
  EXPECT_THAT(Lines(pilot, "participants.csv"), ElementsAre("PILOT,LYO,,ENROLLED,45-49,1,2,,,,,,"));
  EXPECT_THAT(Lines(pilot, "form_xtr-diary_1.0.csv"), ElementsAre("baseline,5,1,99,1,.N"));
  for (const auto& [file, bytes] : main.files) EXPECT_EQ(bytes.find(",99,"), std::string::npos) << file;
}

TEST_F(DeliveryTest, HoldsNoIdentifierDateOrFreeText) {
  Fill();
  const std::string extract = Approved();
  Received got;
  ASSERT_THAT(Download(extract, got), IsOk());
  const std::regex uuid("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-"), code("[A-Z0-9]{3,8}-[0-9]{4}"),
      date("(19|20)[0-9]{2}-[0-9]{2}");
  for (const auto& [file, bytes] : got.files) {
    SCOPED_TRACE(file);
    std::string looked = bytes;
    // The cut is an instant of the study, nobody's own.
    for (const std::string cut = "2026-09-01T00:00:00.000000Z"; looked.find(cut) != std::string::npos;) {
      looked.replace(looked.find(cut), cut.size(), "");
    }
    EXPECT_FALSE(std::regex_search(looked, uuid));
    EXPECT_FALSE(std::regex_search(looked, code));
    EXPECT_FALSE(std::regex_search(looked, date));
    for (const char* const words : {"Marie", "neighbour", "Words", "Anne", "69003", "Primary analysis"}) {
      EXPECT_EQ(looked.find(words), std::string::npos) << words;
    }
  }
  const Json manifest = Json::parse(got.Of("manifest.json"));
  std::vector<std::string> left_out;
  for (const Json& item : manifest["left_out"]) {
    left_out.push_back(absl::StrCat(item["item"].get<std::string>(), " ", item["because"].get<std::string>()));
  }
  EXPECT_THAT(left_out, ElementsAre("remark FREE_TEXT", "month PARTIAL_DATE", "town IDENTIFYING"));
}

TEST_F(DeliveryTest, DescribesEveryFileAndEveryColumn) {
  Fill();
  Received got;
  ASSERT_THAT(Download(Approved(), got), IsOk());
  std::vector<std::string> names;
  for (const auto& [file, bytes] : got.files) names.push_back(file);
  EXPECT_THAT(names, ElementsAre("README.txt", "participants.csv", "milestones.csv", "leaves.csv", "work_status.csv",
                                 "phases.csv", "visits.csv", "deliveries.csv", "form_xtr-diary_1.0.csv", "wide.csv",
                                 "dictionary.csv", "manifest.json"));
  const Json manifest = Json::parse(got.Of("manifest.json"));
  EXPECT_EQ(manifest["study"], "XTR");
  EXPECT_EQ(manifest["filters"]["stage"], "MAIN");
  EXPECT_EQ(manifest["protocol"]["label"], "v1");
  EXPECT_EQ(manifest["participants"], 2);
  EXPECT_EQ(manifest["instruments"][0]["document_sha256"], Sha256Hex(kForm));
  ASSERT_EQ(manifest["files"].size(), names.size() - 1);
  const auto dictionary = text::ParseCsv(got.Of("dictionary.csv"), "dictionary.csv");
  ASSERT_THAT(dictionary, IsOk());
  for (size_t i = 0; i + 1 < names.size(); ++i) {
    SCOPED_TRACE(names[i]);
    const std::string& bytes = got.files[i].second;
    EXPECT_EQ(manifest["files"][i]["file"], names[i]);
    EXPECT_EQ(manifest["files"][i]["bytes"], bytes.size());
    EXPECT_EQ(manifest["files"][i]["sha256"], Sha256Hex(bytes));
    if (names[i] == "README.txt" || names[i] == "dictionary.csv") continue;
    const auto table = text::ParseCsv(bytes, names[i]);
    ASSERT_THAT(table, IsOk());
    EXPECT_EQ(manifest["files"][i]["rows"], table->rows.size());
    std::vector<std::string> described;
    for (const auto& row : dictionary->rows) {
      if (row[0] == names[i]) described.push_back(row[1]);
      EXPECT_FALSE(row[2].empty() || row[3].empty()) << row[1] << " has no label";
    }
    EXPECT_EQ(described, table->header);
  }
  EXPECT_NE(got.Of("dictionary.csv").find("0=Non|1=Oui,0=No|1=Yes"), std::string::npos);
  EXPECT_EQ(got.Of("README.txt").find("DONNÉES PSEUDONYMISÉES – CE NE SONT PAS DES DONNÉES ANONYMES\n"
                                      "PSEUDONYMISED DATA – THESE ARE NOT ANONYMOUS DATA\n"),
            0u);
}

TEST_F(DeliveryTest, Scenario25LeavesOutWhoWithdrewSinceTheCutAndCountsHer) {
  Fill();
  const std::string extract = Approved();
  Received before, again, after;
  ASSERT_THAT(Download(extract, before), IsOk());
  ASSERT_THAT(Download(extract, again), IsOk());
  EXPECT_EQ(before.files, again.files) << "the same bytes whenever it is asked for";
  participant_ = database().Value(absl::StrCat("SELECT participant_id FROM enrolment.participant WHERE study_id = '",
                                               study_, "' AND code = 'LYO-7001'"));
  Event("WITHDRAWN", "2026-09-02", "2026-09-02", "'CONTACT'");
  ASSERT_THAT(Download(extract, after), IsOk());
  EXPECT_EQ(before.files, after.files) << "she gave up contact alone, and after the cut";
  Event("WITHDRAWN", "2026-09-02", "2026-09-02", "'ALL'");
  Received without;
  ASSERT_THAT(Download(extract, without), IsOk());
  EXPECT_EQ(Lines(without, "participants.csv").size(), 1u);
  EXPECT_TRUE(Lines(without, "milestones.csv").empty());
  EXPECT_EQ(Json::parse(without.Of("manifest.json"))["withdrawn_left_out"], 1);
  v1::ListExtractsRequest list;
  list.set_study_id(study_);
  const auto listed = handlers_.ListExtracts(CallOn(approver_, At(9, 3)), list);
  ASSERT_THAT(listed, IsOk());
  EXPECT_EQ(listed->extracts(0).withdrawn_since(), 1) << "the approver sees it";
}

TEST_F(DeliveryTest, KeepsThePastDataOfWhoWithdrewBeforeUnlessSheWantsErasure) {
  Participant("LYO-7001");
  Event("ENROLLED", "2026-03-12", "2026-03-12");
  Event("WITHDRAWN", "2026-05-09", "2026-05-09", "'INTERVENTION'");
  Event("WITHDRAWN", "2026-06-08", "2026-06-08", "'ALL'");
  Participant("LYO-7002");
  Event("WITHDRAWN", "2026-06-08", "2026-06-08", "'ALL_WITH_ERASURE'");
  Received got;
  ASSERT_THAT(Download(Approved(), got), IsOk());
  EXPECT_THAT(Lines(got, "participants.csv"), ElementsAre("MAIN,LYO,,WITHDRAWN,45-49,1,2,,,ALL,60,,"));
}

TEST_F(DeliveryTest, OrdersBySharedPseudonymsThatNoOtherExtractHas) {
  Sql("INSERT INTO enrolment.screening SELECT gen_random_uuid(), '$S', '$T', 'MAIN', n, '2026-03-10', 1, 'ELIGIBLE', '{}',"
      " '$S', '2026-03-10' FROM generate_series(1, 600) AS n;"
      "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage,"
      " consent_date, protocol_version, age_at_consent) SELECT gen_random_uuid(), study_id, site_id, 'LYO-' || 1000 + number,"
      " '2026-03-10', screening_id, 'MAIN', '2026-03-10', 1, 47 FROM enrolment.screening WHERE study_id = '$S'");
  database().Sql(absl::StrCat("INSERT INTO phase.milestone SELECT participant_id, 'SURGERY', 1, '2026-03-01', '', "
                              "participant_id, '2026-03-10' FROM enrolment.participant WHERE study_id = '", study_, "'"));
  Received first, second;
  ASSERT_THAT(Download(Approved(), first), IsOk());
  ASSERT_THAT(Download(Approved(), second), IsOk());
  const auto pseudonyms = [](const Received& got, const std::string& file) {
    std::vector<std::string> names;
    const auto table = text::ParseCsv(got.Of(file), file);
    for (const auto& row : table->rows) names.push_back(row[0]);
    return names;
  };
  const auto all = pseudonyms(first, "participants.csv");
  EXPECT_EQ(all.size(), 600u);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  EXPECT_EQ(pseudonyms(first, "milestones.csv"), all);
  EXPECT_EQ(pseudonyms(first, "wide.csv"), all);
  for (const std::string& name : pseudonyms(second, "participants.csv")) {
    EXPECT_FALSE(std::binary_search(all.begin(), all.end(), name));
  }
}

TEST_F(DeliveryTest, IsWholeWhereThereIsNobody) {
  Received got;
  ASSERT_THAT(Download(Approved(), got), IsOk());
  EXPECT_EQ(got.files.back().first, "manifest.json");
  EXPECT_TRUE(Lines(got, "participants.csv").empty());
  EXPECT_EQ(Json::parse(got.Of("manifest.json"))["participants"], 0);
}

}  // namespace
}  // namespace reprise::extract
