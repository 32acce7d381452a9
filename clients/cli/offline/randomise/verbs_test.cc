// SPDX-License-Identifier: Apache-2.0
// The verbs as a person calls them, on files in a temporary folder.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "clients/cli/files.h"
#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Outcome {
  absl::Status status;
  std::string screen;
};

Outcome Call(const std::string& line) {
  Cli cli;
  AddRandomiseVerbs(cli);
  ::testing::internal::CaptureStdout();
  try {
    cli.app.parse("randomise " + line);
  } catch (const CLI::ParseError& error) {
    cli.outcome = absl::UnknownError(error.what());
  }
  return {.status = cli.outcome, .screen = ::testing::internal::GetCapturedStdout()};
}

std::string Written(const char* name, const std::string& bytes) {
  const std::string path = absl::StrCat(::testing::TempDir(), "/randomise_", name);
  EXPECT_TRUE(WriteFile(path, bytes).ok());
  return path;
}

const char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const char kDesign[] = R"({"method":"minimisation","arms":[{"code":"usual"},{"code":"new"}],
  "factors":[{"name":"CENTRE","levels":["LYO","STE"],"weight":2},
             {"name":"AGE","levels":["<50","50+"]}],"p_high":0.8})";
const char kParticipants[] =
    "CENTRE,AGE,corrects\nLYO,<50,\nLYO,50+,\nSTE,<50,\nLYO,<50,2\nSTE,50+,\nLYO,50+,\n";

// The list of the oracle's row LST001, whose seed this is.
TEST(ListVerbTest, WritesTheOraclesList) {
  const Outcome outcome =
      Call(absl::StrCat("list --seed ", kSeed, " --ratio 1:1:1 --blocks 3,6,9 --n 24 --out -"));
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  const std::string sequence = "ABCBACBACABCBACABCCAACBB";
  std::string expected = "list,slot,arm\n";
  for (size_t i = 0; i < sequence.size(); ++i) {
    absl::StrAppend(&expected, "all,", i + 1, ",", sequence.substr(i, 1), "\n");
  }
  EXPECT_EQ(outcome.screen, expected);
}

TEST(EmergencyVerbTest, ChoosesItsOwnBlockSize) {
  const Outcome outcome =
      Call(absl::StrCat("emergency --seed ", kSeed, " --centre LYO --ratio 2:1 --n 12"));
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_THAT(outcome.screen, HasSubstr("slots            12 (A 8, B 4)"));
}

TEST(ListVerbTest, ShowsNoSlotOnTheScreenWhereAFileIsAskedFor) {
  const std::string path = absl::StrCat(::testing::TempDir(), "/randomise_list.csv");
  const Outcome outcome = Call(absl::StrCat("list --seed ", kSeed, " --n 4 --out ", path));
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_THAT(outcome.screen, ::testing::Not(HasSubstr("A B")));
  EXPECT_THAT(*ReadFile(path), HasSubstr("list,slot,arm\nall,1,"));
}

TEST(SeedVerbTest, ShowsTheCommitmentOfASeedInAFile) {
  const Outcome outcome = Call("seed --of @" + Written("seed", std::string(kSeed) + "\n"));
  EXPECT_THAT(outcome.screen,
              HasSubstr("630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"));
}

TEST(SeedVerbTest, DrawsANewSeedEachTime) {
  const std::string a = Call("seed").screen, b = Call("seed").screen;
  EXPECT_THAT(a, StartsWith("seed  "));
  EXPECT_NE(a, b);
}

TEST(LogVerbsTest, VerifyAcceptsWhatAllocateWroteAndNamesASpoiledLine) {
  const std::string design = Written("design.json", kDesign);
  const std::string people = Written("people.csv", kParticipants);
  const std::string log = absl::StrCat(::testing::TempDir(), "/randomise_log.jsonl");
  const Outcome allocated = Call(absl::StrCat("allocate --seed ", kSeed, " --design ", design,
                                              " --participants ", people, " --log ", log));
  ASSERT_TRUE(allocated.status.ok()) << allocated.status;
  const Outcome verified = Call(absl::StrCat("verify --seed ", kSeed, " --log ", log));
  EXPECT_TRUE(verified.status.ok()) << verified.status;
  EXPECT_THAT(verified.screen, HasSubstr("allocations replayed  5\ncorrections replayed  1\n"));
  const Outcome headed =
      Call(absl::StrCat("verify --seed ", kSeed, " --log ", log, " --head ", std::string(64, '0')));
  EXPECT_EQ(error::ReasonOf(headed.status), "LOG_DIFFERS");

  const std::string spoiled =
      Written("spoiled.jsonl",
              absl::StrReplaceAll(*ReadFile(log), {{"\"sequence_no\":3", "\"sequence_no\":4"}}));
  const Outcome refused = Call(absl::StrCat("verify --seed ", kSeed, " --log ", spoiled));
  EXPECT_EQ(ExitCodeOf(refused.status), 7);
  EXPECT_EQ(error::DetailOf(refused.status).metadata.at("line"), "4");
  EXPECT_EQ(error::DetailOf(refused.status).metadata.at("field"), "sequence_no");
}

TEST(ClusterVerbTest, GivesEveryClusterAnArm) {
  std::string csv = "practice,size,rural\n";
  for (int i = 0; i < 12; ++i) absl::StrAppend(&csv, "GP", i, ",", 10 * i, ",", i % 2, "\n");
  const Outcome outcome = Call(absl::StrCat("cluster --seed ", kSeed, " --clusters ",
                                            Written("clusters.csv", csv), " --keep 0.2"));
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_THAT(outcome.screen, HasSubstr("924 possible allocations; A 6, B 6."));
}

TEST(WedgeVerbTest, GivesEveryClusterAStep) {
  const Outcome outcome =
      Call(absl::StrCat("wedge --seed ", kSeed, " --steps 3 --out - --clusters ",
                        Written("hospitals.csv", "hospital\nH1\nH2\nH3\n")));
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  for (const char* step : {",1\n", ",2\n", ",3\n"}) EXPECT_THAT(outcome.screen, HasSubstr(step));
}

TEST(SimulateVerbTest, ShowsATableLinePerScheme) {
  const Outcome outcome = Call("simulate --trials 200 --n 40");
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  for (const char* scheme :
       {"\nsimple ", "\nblocks:4 ", "\nblocks:4,6@centre ", "\nminimisation:0.8 "}) {
    EXPECT_THAT(outcome.screen, HasSubstr(scheme));
  }
}

TEST(SimulateVerbTest, TakesADesignOfItsOwn) {
  const Outcome outcome = Call(
      "simulate --trials 300 --n 60 --ratio 2:1 --scheme blocks:3,6@site --scheme minimisation:0.9 "
      "--factor site=0.5,0.5 --factor sex=0.9,0.1 --measure sd --weights 1,1 --out -");
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_THAT(outcome.screen, HasSubstr("\n\"blocks:3,6@site\",300,60,"));
  EXPECT_THAT(outcome.screen, HasSubstr("\nminimisation:0.9,300,60,"));
  EXPECT_THAT(outcome.screen, ::testing::Not(HasSubstr("nan")));
}

struct Bad {
  const char* name;
  std::string line;
  const char* path;
};

TEST(RandomiseVerbsTest, NameTheFaultyField) {
  const std::string seed = absl::StrCat(" --seed ", kSeed);
  const std::string design = " --design " + Written("design.json", kDesign);
  const std::string unknown = Written("unknown.csv", "CENTRE,AGE\nLYO,<50\nPAR,<50\n");
  const std::string narrow = Written("narrow.csv", "CENTRE\nLYO\n");
  const std::string words = Written("words.csv", "c,size\nA,1\nB,many\n");
  for (const Bad& bad : {
           Bad{"seed", "list --seed 00", "--seed"},
           Bad{"blocks", "list --blocks 4,5" + seed, "block_sizes"},
           Bad{"blocks text", "list --blocks four" + seed, "--blocks"},
           Bad{"ratio", "list --ratio 0:1" + seed, "arms[A].ratio"},
           Bad{"arms", "list --arms A,B,C" + seed, "--arms"},
           Bad{"slots", "list --n 0" + seed, "n"},
           Bad{"no list", "list" + design + seed, "method"},
           Bad{"level", "allocate --log - --participants " + unknown + design + seed,
               "row 3, CENTRE"},
           Bad{"column", "allocate --log - --participants " + narrow + design + seed, "AGE"},
           Bad{"covariate", "cluster --clusters " + words + seed, "row 3, size"},
           Bad{"steps", "wedge --steps 9 --clusters " + words + seed, "steps"},
           Bad{"scheme", "simulate --scheme urn", "--scheme"},
           Bad{"p", "simulate --scheme minimisation:80", "p_high"},
           Bad{"share", "simulate --scheme simple --factor age=55,45", "shares[age]"},
           Bad{"strata", "simulate --scheme blocks:4@sex", "strata"},
           Bad{"weights", "simulate --weights 1", "--weights"},
           Bad{"site", "simulate --site town", "--site"},
           Bad{"measure", "simulate --measure entropy", "--measure"},
           Bad{"n", "simulate --n 0", "participants"},
           Bad{"above", "simulate --above -1", "--above"},
       }) {
    const Outcome outcome = Call(bad.line);
    ASSERT_EQ(outcome.status.code(), absl::StatusCode::kInvalidArgument)
        << bad.name << ": " << outcome.status;
    EXPECT_EQ(error::DetailOf(outcome.status).violations.at(0).path, bad.path) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::cli
