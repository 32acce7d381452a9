// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "reprise/cohort/v1/cohort_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/phase/v1/phase_service.pb.h"

#include "clients/cli/online/field_verbs.h"
#include "clients/cli/online/played_server.h"
#include "services/platform/testing/matchers.h"

namespace reprise::cli {
namespace {

using ::reprise::testing::HasViolation;
using ::reprise::testing::IsOk;

constexpr char kId[] = "0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b";

FieldVerb Verb(std::vector<Argument> arguments) {
  return {.name = "", .method = "", .what = "", .example = "", .arguments = std::move(arguments)};
}

TEST(FillRequestTest, TurnsWordsIntoTheTypesOfTheirFields) {
  PlayedServer server;
  phase::v1::ChangeWorkStatusRequest request;
  ASSERT_THAT(FillRequest(server,
                          Verb({{"participant", "participant_id", "", true, Names::kParticipant},
                                {"kind", "kind", ""},
                                {"start", "start_date", ""},
                                {"--percent", "percent", ""}}),
                          {{"participant", {kId}},
                           {"kind", {"therapeutic_part_time"}},
                           {"start", {"2025-10-01"}},
                           {"--percent", {"50"}}},
                          &request),
              IsOk());
  EXPECT_EQ(request.participant_id(), kId);
  EXPECT_EQ(request.kind(), phase::v1::WorkStatusEpisode::KIND_THERAPEUTIC_PART_TIME);
  EXPECT_EQ(request.start_date().month(), 10);
  EXPECT_EQ(request.percent(), 50);
}

TEST(FillRequestTest, FillsListsAndPairs) {
  PlayedServer server;
  cohort::v1::AllocateParticipantRequest request;
  ASSERT_THAT(FillRequest(server, Verb({{"--factor", "factors", ""}}),
                          {{"--factor", {"age=UNDER_45", "centre=a=b"}}}, &request),
              IsOk());
  EXPECT_EQ(request.factors().at("age"), "UNDER_45");
  EXPECT_EQ(request.factors().at("centre"), "a=b");
  enrolment::v1::ScreenCandidateRequest screening;
  screening.set_study_id(kId);
  ASSERT_THAT(FillRequest(server, Verb({{"--failed", "failed_criteria", ""}}),
                          {{"--failed", {"AGE,EMPLOYED", "SEX"}}}, &screening),
              IsOk());
  EXPECT_EQ(screening.failed_criteria_size(), 3);
  phase::v1::ListVisitsRequest visits;
  visits.set_study_id(kId);
  ASSERT_THAT(FillRequest(server, Verb({{"--state", "states", ""}}), {{"--state", {"planned,expected"}}}, &visits),
              IsOk());
  ASSERT_EQ(visits.states_size(), 2);
  EXPECT_EQ(visits.states(1), phase::v1::Visit::STATE_EXPECTED);
  EXPECT_THAT(FillRequest(server, Verb({{"--state", "states", ""}}), {{"--state", {"planned,asleep"}}}, &visits),
              HasViolation("--state", "WORD_UNKNOWN"));
}

TEST(FillRequestTest, NamesTheArgumentThatCannotBeRead) {
  PlayedServer server;
  struct Case {
    const char* name;
    Argument argument;
    const char* word;
    const char* reason;
  };
  const Case cases[] = {
      {"date", {"--on", "start_date", ""}, "1/10/2025", "DATE_INVALID"},
      {"impossible date", {"--on", "start_date", ""}, "2025-02-30", "DATE_INVALID"},
      {"enum word", {"kind", "kind", ""}, "resting", "WORD_UNKNOWN"},
      {"enum zero", {"kind", "kind", ""}, "unspecified", "WORD_UNKNOWN"},
      {"number", {"--percent", "percent", ""}, "half", "NUMBER_MALFORMED"},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.name);
    phase::v1::ChangeWorkStatusRequest request;
    EXPECT_THAT(FillRequest(server, Verb({each.argument}), {{each.argument.flag, {each.word}}}, &request),
                HasViolation(each.argument.flag, each.reason));
  }
}

TEST(FillRequestTest, DoesNotRepeatTheTextOfABrokenFile) {
  PlayedServer server;
  const std::string path = ::testing::TempDir() + "/identity.json";
  FILE* const file = fopen(path.c_str(), "w");
  ASSERT_NE(file, nullptr);
  fputs("{\"birthName\": \"Durand\" oops", file);
  fclose(file);
  enrolment::v1::IdentifyCandidateRequest request;
  const absl::Status status =
      FillRequest(server, Verb({{"--identity", "identity", "", true, Names::kFile}}),
                  {{"--identity", {path}}}, &request);
  EXPECT_THAT(status, HasViolation("--identity", "JSON_MALFORMED"));
  EXPECT_EQ(std::string(status.message()).find("Durand"), std::string::npos);
}

}  // namespace
}  // namespace reprise::cli
