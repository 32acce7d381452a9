// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/guard/release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/platform/error/error.h"

namespace reprise::extract::guard {
namespace {

using ::testing::ElementsAre;

constexpr char kEntry[] =
    R"({"id":"E1","study":"LYO","recipient":"inserm","lock_id":"L1","variables":{"age":2,"edu":null},"classes":"E1.csv"})";

TEST(ReleaseTest, ReadsAnEntryWithItsClasses) {
  const auto release = ReadRelease(kEntry, "person;class;rtw\na;1;full\nb;;none\n", "E1.json");
  ASSERT_TRUE(release.ok()) << release.status();
  EXPECT_THAT(release->classes, ElementsAre("1", ""));
  EXPECT_THAT(release->sensitive.at("rtw"), ElementsAre("full", "none"));
  EXPECT_EQ(release->variables.at("edu"), kMixedLevel);
}

struct Bad {
  const char* name;
  const char* json;
  const char* csv;
  const char* reason;
};

TEST(ReleaseTest, NamesWhatIsWrong) {
  constexpr char kGood[] = "person;class\na;1\n";
  for (
      const Bad& bad :
      {Bad{"not JSON", "{", kGood, "RELEASE_ENTRY_INVALID"},
       Bad{"a list", "[]", kGood, "RELEASE_ENTRY_INVALID"},
       Bad{"no id", R"({"study":"x"})", kGood, "RELEASE_ENTRY_INVALID"},
       Bad{"path out of the register",
           R"({"id":"a","study":"x","recipient":"r","lock_id":"l","variables":{"v":1},"classes":"../x"})",
           kGood, "RELEASE_ENTRY_INVALID"},
       Bad{"level is a text",
           R"({"id":"a","study":"x","recipient":"r","lock_id":"l","variables":{"v":"1"},"classes":"x"})",
           kGood, "RELEASE_ENTRY_INVALID"},
       Bad{"wrong digest",
           R"({"id":"a","study":"x","recipient":"r","lock_id":"l","variables":{"v":1},"classes":"x","classes_sha256":"00"})",
           kGood, "REGISTER_TAMPERED"},
       Bad{"other columns", kEntry, "class;person\n1;a\n", "CLASSES_INVALID"},
       Bad{"person twice", kEntry, "person;class\na;1\na;2\n", "CLASSES_INVALID"},
       Bad{"person missing", kEntry, "person;class\n;1\n", "CLASSES_INVALID"},
       Bad{"nobody", kEntry, "person;class\n", "CLASSES_INVALID"},
       Bad{"empty", kEntry, "", "CSV_EMPTY"},
       Bad{"not UTF-8", kEntry, "person;class\n\xC3;1\n", "TEXT_NOT_UTF8"}}) {
    EXPECT_EQ(error::ReasonOf(ReadRelease(bad.json, bad.csv, "E1.json").status()), bad.reason)
        << bad.name;
  }
}

TEST(ReleaseTest, RefusesRulesThatProtectNobody) {
  const std::string json = std::string(kEntry, sizeof kEntry - 2) + R"(,"k":0})";
  EXPECT_EQ(error::ReasonOf(ReadRequest(json, "person;class\na;1\n", "r.json").status()),
            "RELEASE_ENTRY_INVALID");
}

}  // namespace
}  // namespace reprise::extract::guard
