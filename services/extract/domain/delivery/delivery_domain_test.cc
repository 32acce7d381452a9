// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "services/extract/domain/delivery/file_writer.h"
#include "services/extract/domain/delivery/roster.h"
#include "services/extract/domain/delivery/wide_layout.h"
#include "services/platform/id/digest.h"
#include "services/platform/testing/matchers.h"

namespace reprise::extract {
namespace {

using reprise::testing::IsOk;
using ::testing::ElementsAre;

TEST(StatusOfTest, FollowsTheEventsInTheOrderOfRecording) {
  struct Case {
    const char* name;
    std::vector<std::pair<const char*, const char*>> events;
    const char* arm;
    const char* expected;
  };
  for (const Case& c : {Case{"nothing yet", {}, "", "CONSENTED"},
                        Case{"not eligible after all", {{"SCREEN_FAILED", ""}}, "", "SCREEN_FAILED"},
                        Case{"enrolled", {{"ENROLLED", ""}}, "", "ENROLLED"},
                        Case{"allocated", {{"ENROLLED", ""}}, "CONTROL", "RANDOMISED"},
                        Case{"Scenario23: intervention alone", {{"ENROLLED", ""}, {"WITHDRAWN", "INTERVENTION"}},
                             "CONTROL", "RANDOMISED"},
                        Case{"withdrawn", {{"ENROLLED", ""}, {"WITHDRAWN", "CONTACT"}}, "CONTROL", "WITHDRAWN"},
                        Case{"lost", {{"ENROLLED", ""}, {"LOST", ""}}, "", "LOST"},
                        Case{"Scenario26: found again", {{"ENROLLED", ""}, {"LOST", ""}, {"FOUND", ""}}, "CONTROL",
                             "RANDOMISED"},
                        Case{"completed", {{"ENROLLED", ""}, {"COMPLETED", ""}}, "CONTROL", "COMPLETED"},
                        Case{"Scenario27: dead stays dead", {{"ENROLLED", ""}, {"DECEASED", ""}, {"LOST", ""}}, "",
                             "DECEASED"}}) {
    SCOPED_TRACE(c.name);
    Participant participant{.arm = c.arm};
    for (const auto& [kind, withdrawal] : c.events) {
      participant.events.push_back({.kind = kind, .withdrawal = withdrawal, .date = absl::CivilDay(2026, 5, 1)});
    }
    EXPECT_EQ(StatusOf(participant), c.expected);
  }
}

TEST(AgeBandTest, HasFiveYears) {
  EXPECT_EQ(AgeBand(std::nullopt), "");
  EXPECT_EQ(AgeBand(18), "15-19");
  EXPECT_EQ(AgeBand(45), "45-49");
  EXPECT_EQ(AgeBand(49), "45-49");
  EXPECT_EQ(AgeBand(50), "50-54");
}

TEST(FileWriterTest, SendsPiecesAndCountsThem) {
  std::string received;
  std::vector<size_t> sizes;
  FileWriter writer([&](const std::string&, std::string bytes, bool) {
    sizes.push_back(bytes.size());
    received += bytes;
    return absl::OkStatus();
  });
  writer.Begin("a.csv");
  ASSERT_THAT(writer.Header({"x"}), IsOk());
  for (int i = 0; i < 20000; ++i) ASSERT_THAT(writer.Row({"1234567"}), IsOk());
  ASSERT_THAT(writer.End(), IsOk());
  // 2 + 20,000 * 8 bytes: two pieces of 65,536 and the rest.
  EXPECT_THAT(sizes, ElementsAre(65536, 65536, 160002 - 131072));
  ASSERT_EQ(writer.records().size(), 1u);
  EXPECT_EQ(writer.records()[0].rows, 20000);
  EXPECT_EQ(writer.records()[0].bytes, 160002);
  EXPECT_EQ(writer.records()[0].sha256, Sha256Hex(received));
  writer.Begin("empty");
  ASSERT_THAT(writer.End(), IsOk());
  // SHA-256 of nothing, as FIPS 180-4 examples have it.
  EXPECT_EQ(writer.records()[1].sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(FileWriterTest, StopsWhereNobodyReads) {
  FileWriter writer([](const std::string&, std::string, bool) { return absl::CancelledError("gone"); });
  writer.Begin("a.csv");
  EXPECT_THAT(writer.Text("x"), IsOk());
  EXPECT_FALSE(writer.End().ok());
}

TEST(WideLayoutTest, TellsTwoVersionsOfOneInstrumentApart) {
  std::vector<FormLayout> forms(2);
  forms[0] = {.instrument_version_id = "a", .instrument_id = "diary", .version = "1.0"};
  forms[1] = {.instrument_version_id = "b", .instrument_id = "diary", .version = "1.1"};
  for (FormLayout& form : forms) form.items.push_back({.place = 0, .column = {.name = "days"}});
  const WideLayout both(forms, {{"baseline", "a"}, {"T0", "a"}, {"T0", "b"}});
  std::vector<std::string> names = NamesOf(both.columns());
  names.erase(names.begin(), names.begin() + static_cast<int64_t>(ParticipantColumns().size()));
  EXPECT_THAT(names, ElementsAre("baseline.diary.answered_day", "baseline.diary.days", "T0.diary@1.0.answered_day",
                                 "T0.diary@1.0.days", "T0.diary@1.1.answered_day", "T0.diary@1.1.days"));
  EXPECT_EQ(both.BlockOf("T0", "b"), 2);
  EXPECT_EQ(both.BlockOf("baseline", "b"), -1);
}

TEST(FormLayoutTest, MakesAFileNameOfAnyInstrument) {
  FormLayout form{.instrument_id = "a/b c", .version = "1:0"};
  EXPECT_EQ(form.FileName(), "form_a-b-c_1-0.csv");
}

TEST(AppendCellsTest, TellsTheFourReasonsApartAndCountsDates) {
  FormLayout form;
  for (size_t i = 0; i < 6; ++i) form.items.push_back({.place = i, .is_date = i == 5, .column = {}});
  std::vector<std::string> cells;
  AppendCells(form, {.answers = {"1|3", {}, {}, {}, {}, "2027-01-01"}, .missing = ".RXBN."},
              absl::CivilDay(2026, 12, 25), cells);
  EXPECT_THAT(cells, ElementsAre("1|3", ".R", ".X", ".B", ".N", "7"));
}

}  // namespace
}  // namespace reprise::extract
