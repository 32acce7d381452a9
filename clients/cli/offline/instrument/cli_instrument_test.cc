// SPDX-License-Identifier: Apache-2.0
// `reprise instrument` as a shell calls it: files in, files out, exit by status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

using ::testing::HasSubstr;

class InstrumentCliTest : public ::testing::Test {
 protected:
  InstrumentCliTest()
      : folder_(std::filesystem::temp_directory_path() /
                absl::StrCat("reprise-instrument-", getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~InstrumentCliTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }
  std::string Read(const std::string& path) const {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static absl::Status Run(std::vector<std::string> arguments) {
    Cli cli;
    AddInstrumentVerbs(cli);
    arguments.insert(arguments.begin(), "instrument");
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    try {
      cli.app.parse(arguments);
    } catch (const CLI::ParseError& failure) {
      return absl::InvalidArgumentError(failure.what());
    }
    return cli.outcome;
  }
  absl::Status Score(const std::string& id, const std::string& csv) const {
    return Run({"score", "--instrument", id, "--responses", Write("in.csv", csv), "--output",
                Path("out.csv"), "--details", Path("details.csv")});
  }

  std::filesystem::path folder_;
};

TEST_F(InstrumentCliTest, ScoresInAnyColumnOrderAndSaysWhatWasIgnored) {
  ASSERT_TRUE(Score("who-5", "i5,note,i1,case_id,i2,i3,i4\n5,x,5,A,5,5,5\n,y,5,B,5,5,5\n").ok());
  EXPECT_EQ(Read(Path("out.csv")), "case_id,RAW,PERCENT,LE50\nA,25,100,0\nB,,,\n");
  EXPECT_THAT(Read(Path("details.csv")), HasSubstr("A,WHO-5,1.0,RAW,25,5,5,complete\n"));
  EXPECT_THAT(Read(Path("details.csv")), HasSubstr("B,WHO-5,1.0,PERCENT,,4,5,need_missing\n"));
}

TEST_F(InstrumentCliTest, TheOrderOfRowsAndTheSeparatorDoNotMatter) {
  const std::string row_a = "A,1,1,1,1,1\n", row_b = "B,2,2,2,2,2\n",
                    header = "case_id,i1,i2,i3,i4,i5\n";
  ASSERT_TRUE(Score("WHO-5", header + row_a + row_b).ok());
  const std::string forward = Read(Path("out.csv"));
  ASSERT_TRUE(Score("WHO-5", header + row_b + row_a).ok());
  EXPECT_EQ(Read(Path("out.csv")), "case_id,RAW,PERCENT,LE50\nB,10,40,1\nA,5,20,1\n");
  ASSERT_TRUE(Score("WHO-5", absl::StrReplaceAll(header + row_a + row_b, {{",", ";"}})).ok());
  EXPECT_EQ(Read(Path("out.csv")), forward);
}

TEST_F(InstrumentCliTest, RefusesBadResponsesWithRowAndColumnAndWritesNothing) {
  struct Bad {
    const char* name;
    const char* csv;
    const char* reason;
    const char* path;
  };
  for (const Bad& bad :
       {Bad{"out of range", "case_id,i1,i2,i3,i4,i5\nA,1,1,1,1,1\nB,1,1,6,1,1\n",
            "ANSWER_UNKNOWN_CODE", ":3 i3"},
        Bad{"words", "case_id,i1,i2,i3,i4,i5\nA,1,often,1,1,1\n", "ANSWER_UNKNOWN_CODE", ":2 i2"},
        Bad{"missing column", "case_id,i1,i2,i3,i4\nA,1,1,1,1\n", "COLUMN_MISSING", ":1"},
        Bad{"no case", "i1,i2,i3,i4,i5\n1,1,1,1,1\n", "COLUMN_MISSING", ":1"},
        Bad{"case without a name", "case_id,i1,i2,i3,i4,i5\n,1,1,1,1,1\n", "CASE_UNNAMED",
            ":2 case_id"},
        Bad{"row too short", "case_id,i1,i2,i3,i4,i5\nA,1,1\n", "CSV_ROW_WIDTH", ":2"},
        Bad{"empty", "", "CSV_EMPTY", ":1"}}) {
    std::filesystem::remove(Path("out.csv"));
    const absl::Status status = Score("who-5", bad.csv);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad.name << status;
    const auto violations = error::DetailOf(status).violations;
    ASSERT_FALSE(violations.empty()) << bad.name;
    EXPECT_EQ(violations[0].reason, bad.reason) << bad.name;
    EXPECT_THAT(violations[0].path, ::testing::EndsWith(absl::StrCat("in.csv", bad.path)))
        << bad.name;
    EXPECT_FALSE(std::filesystem::exists(Path("out.csv"))) << bad.name;
  }
  EXPECT_EQ(Score("no-such", "").code(), absl::StatusCode::kNotFound);
}

TEST_F(InstrumentCliTest, HeaderOnlyGivesAHeader) {
  ASSERT_TRUE(Score("who-5", "case_id,i1,i2,i3,i4,i5\n").ok());
  EXPECT_EQ(Read(Path("out.csv")), "case_id,RAW,PERCENT,LE50\n");
}

TEST_F(InstrumentCliTest, ExportsAndImportsBack) {
  for (const char* format : {"fhir", "redcap"}) {
    ASSERT_TRUE(Run({"export", "--to", format, "reprise-diary", "--output", Path("x")}).ok());
    ASSERT_TRUE(Run({"import", "--from", format, Path("x"), "--output", Path("y.yaml"), "--report",
                     Path("r.csv"), "--lang", "fr"})
                    .ok());
    EXPECT_TRUE(Run({"check", Path("y.yaml")}).ok()) << format;
    EXPECT_TRUE(text::ParseCsv(Read(Path("r.csv")), "r.csv").ok());
  }
}

TEST_F(InstrumentCliTest, WordsAreLoadedOnlyUnderALicenceThatHolds) {
  std::string dictionary =
      "field_name,form_name,field_type,field_label,select_choices_or_calculations\n";
  for (int i = 1; i <= 5; ++i) {
    absl::StrAppend(&dictionary, "I", i, ",w,radio,Phrase ", i,
                    ",\"0, a | 1, b | 2, c | 3, d | 4, e | 5, f\"\n");
  }
  const std::string file = Write("d.csv", dictionary);
  const auto load = [&](const char* expiry) {
    return Run({"wording", "load", "--instrument", "WHO-5", "--from", "redcap", file,
                "--licence-ref", "L-1", "--scope", "study", "--expiry", expiry, "--on",
                "2026-11-21", "--lang", "fr", "--output", Path("w.yaml")});
  };
  EXPECT_EQ(error::ReasonOf(load("2026-11-20")), "LICENCE_GATE_CLOSED");
  EXPECT_FALSE(std::filesystem::exists(Path("w.yaml")));
  ASSERT_TRUE(load("2027-11-20").ok()) << load("2027-11-20");
  EXPECT_THAT(Read(Path("w.yaml")), HasSubstr("Phrase 5"));
  const auto check = [&](const char* on) {
    return Run({"wording", "check", "--instrument", "WHO-5", "--wording", Path("w.yaml"), "--on",
                on, "--output", Path("full.yaml")});
  };
  EXPECT_TRUE(check("2027-11-20").ok());
  EXPECT_EQ(check("2027-11-21").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Run({"wording", "check", "--instrument", "WHO-5", "--on", "2026-11-21"}).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(InstrumentCliTest, ShowsEveryBundledInstrumentInBothLanguages) {
  for (const char* language : {"fr", "en"}) {
    EXPECT_TRUE(Run({"show", "PHQ-9", "--lang", language}).ok());
    EXPECT_TRUE(Run({"show", "reprise-return", "--lang", language}).ok());
  }
  EXPECT_FALSE(Run({"show", "PHQ-9", "--lang", "de"}).ok());
  EXPECT_TRUE(Run({"list"}).ok());
}

}  // namespace
}  // namespace reprise::cli
