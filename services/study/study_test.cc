// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "reprise/access/v1/access_service.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "tests/house/house.h"

namespace reprise::study {
namespace {

using absl::StatusCode;
using house::HouseTest;
using house::NewId;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kCreateStudy[] = "reprise.study.v1.StudyService/CreateStudy";
constexpr char kCreateSite[] = "reprise.study.v1.StudyService/CreateSite";
constexpr char kListStudies[] = "reprise.study.v1.StudyService/ListStudies";

v1::CreateStudyRequest NewStudy(const std::string& code) {
  v1::CreateStudyRequest request;
  request.set_request_id(NewId());
  request.set_code(code);
  (*request.mutable_title())["fr"] = "Une étude";
  return request;
}

class CreateStudyTest : public HouseTest {};
class CreateSiteTest : public HouseTest {
 protected:
  static v1::CreateSiteRequest NewSite(const std::string& code) {
    v1::CreateSiteRequest request;
    request.set_request_id(NewId());
    request.set_study_id(people().study_id);
    request.set_code(code);
    request.set_name("Grenoble");
    return request;
  }
};
class ListStudiesTest : public HouseTest {};

// Makes chelsea a study manager of Lyon alone for one test.
TEST_F(CreateSiteTest, IsRefusedToAManagerOfOneSite) {
  access::v1::CreateDelegationRequest delegation;
  delegation.set_request_id(NewId());
  delegation.set_user_id(people().chelsea.user_id);
  delegation.set_role(access::v1::ROLE_STUDY_MANAGER);
  delegation.set_study_id(people().study_id);
  delegation.set_site_id(people().lyon_id);
  const auto made = Call<access::v1::Delegation>(
      people().alice, "reprise.access.v1.AccessService/CreateDelegation", delegation);
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(Call<v1::Site>(people().chelsea, kCreateSite, NewSite("GRE")),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  access::v1::EndDelegationRequest end;
  end.set_request_id(NewId());
  end.set_delegation_id(made->delegation_id());
  ASSERT_THAT(Call<access::v1::Delegation>(
                  people().alice, "reprise.access.v1.AccessService/EndDelegation", end),
              IsOk());
}

TEST_F(CreateStudyTest, IsRefusedToAStudyManager) {
  EXPECT_THAT(Call<v1::Study>(people().bob, kCreateStudy, NewStudy("BOBS")),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(CreateStudyTest, EntersAStudyAndRecordsIt) {
  const auto study = Call<v1::Study>(people().alice, kCreateStudy, NewStudy("RETOUR-2"));
  ASSERT_THAT(study, IsOk());
  EXPECT_EQ(study->code(), "RETOUR-2");
  EXPECT_EQ(study->title().at("fr"), "Une étude");
  EXPECT_EQ(Audited("study.create", study->study_id()), 1);
}

TEST_F(CreateStudyTest, RefusesACodeThatIsTaken) {
  EXPECT_THAT(Call<v1::Study>(people().alice, kCreateStudy, NewStudy("FASTRACS")),
              StatusIs(StatusCode::kAlreadyExists, "STUDY_CODE_TAKEN"));
}

TEST_F(CreateStudyTest, NamesEveryFaultyField) {
  struct Case {
    const char* name;
    const char* code;
    const char* language;
    std::string text;
    const char* path;
    const char* reason;
  };
  for (const Case& c : {
           Case{"small letters", "small", "fr", "t", "code", "CODE_MALFORMED"},
           Case{"no code", "", "fr", "t", "code", "CODE_MALFORMED"},
           Case{"a digit first", "1STUDY", "fr", "t", "code", "CODE_MALFORMED"},
           Case{"33 letters", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG", "fr", "t", "code", "CODE_MALFORMED"},
           Case{"empty title", "GOOD", "fr", "", "title[fr]", "FIELD_REQUIRED"},
           Case{"long title", "GOOD", "fr", std::string(501, 'x'), "title[fr]", "FIELD_TOO_LONG"},
           Case{"German title", "GOOD", "de", "t", "title[de]", "LANGUAGE_UNKNOWN"}}) {
    SCOPED_TRACE(c.name);
    v1::CreateStudyRequest request;
    request.set_request_id(NewId());
    request.set_code(c.code);
    (*request.mutable_title())[c.language] = c.text;
    const auto refused = Call<v1::Study>(people().alice, kCreateStudy, request);
    EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "STUDY_INVALID"));
    EXPECT_THAT(refused, HasViolation(c.path, c.reason));
  }
  v1::CreateStudyRequest untitled;
  untitled.set_request_id(NewId());
  EXPECT_THAT(Call<v1::Study>(people().alice, kCreateStudy, untitled),
              ::testing::AllOf(HasViolation("code", "CODE_MALFORMED"),
                               HasViolation("title", "FIELD_REQUIRED")));
}

TEST_F(CreateSiteTest, IsRefusedToACoordinator) {
  EXPECT_THAT(Call<v1::Site>(people().coline, kCreateSite, NewSite("GRE")),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(CreateSiteTest, IsRefusedToTheManagerOfAnotherStudy) {
  EXPECT_THAT(Call<v1::Site>(people().olga, kCreateSite, NewSite("GRE")),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

TEST_F(CreateSiteTest, AddsASiteAndRecordsIt) {
  const auto site = Call<v1::Site>(people().bob, kCreateSite, NewSite("GRE"));
  ASSERT_THAT(site, IsOk());
  EXPECT_EQ(site->study_id(), people().study_id);
  EXPECT_EQ(site->time_zone(), "Europe/Paris");
  EXPECT_EQ(Audited("site.create", site->site_id()), 1);
}

TEST_F(CreateSiteTest, RefusesWhatCannotBeASite) {
  struct Case {
    const char* name;
    const char* code;
    std::string site_name;
    const char* zone;
    const char* path;
    const char* reason;
  };
  for (const Case& c : {Case{"two letters", "AB", "n", "", "code", "CODE_MALFORMED"},
                        Case{"hyphen", "A-BC", "n", "", "code", "CODE_MALFORMED"},
                        Case{"no name", "ABC", "", "", "name", "FIELD_REQUIRED"},
                        Case{"long name", "ABC", std::string(501, 'x'), "", "name", "FIELD_TOO_LONG"},
                        Case{"no such zone", "ABC", "n", "Europe/Lyon", "time_zone", "TIME_ZONE_UNKNOWN"}}) {
    SCOPED_TRACE(c.name);
    auto request = NewSite(c.code);
    request.set_name(c.site_name);
    request.set_time_zone(c.zone);
    const auto refused = Call<v1::Site>(people().bob, kCreateSite, request);
    EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "SITE_INVALID"));
    EXPECT_THAT(refused, HasViolation(c.path, c.reason));
  }
}

TEST_F(CreateSiteTest, RefusesACodeThatIsTakenAndAStudyThatIsNot) {
  EXPECT_THAT(Call<v1::Site>(people().bob, kCreateSite, NewSite("LYO")),
              StatusIs(StatusCode::kAlreadyExists, "SITE_CODE_TAKEN"));
  auto nowhere = NewSite("GRE");
  nowhere.set_study_id(NewId());
  EXPECT_THAT(Call<v1::Site>(people().alice, kCreateSite, nowhere),
              StatusIs(StatusCode::kNotFound, "STUDY_NOT_FOUND"));
}

TEST_F(CreateSiteTest, TakesAStudyIdInCapitals) {
  auto request = NewSite("CAPITALS");
  request.set_study_id(absl::AsciiStrToUpper(people().study_id));
  EXPECT_THAT(Call<v1::Site>(people().bob, kCreateSite, request), IsOk());
}

TEST_F(ListStudiesTest, IsRefusedToChelsea) {
  EXPECT_THAT(Call<v1::ListStudiesResponse>(people().chelsea, kListStudies, v1::ListStudiesRequest()),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(ListStudiesTest, ShowsOnlyTheCallersStudies) {
  const auto mine = Call<v1::ListStudiesResponse>(people().rachel, kListStudies, v1::ListStudiesRequest());
  ASSERT_THAT(mine, IsOk());
  ASSERT_EQ(mine->studies_size(), 1);
  EXPECT_EQ(mine->studies(0).study().study_id(), people().study_id);
  EXPECT_GE(mine->studies(0).sites_size(), 2);
  for (int i = 1; i < mine->studies(0).sites_size(); ++i) {
    EXPECT_LT(mine->studies(0).sites(i - 1).code(), mine->studies(0).sites(i).code());
  }
  const auto all = Call<v1::ListStudiesResponse>(people().alice, kListStudies, v1::ListStudiesRequest());
  ASSERT_THAT(all, IsOk());
  EXPECT_GE(all->studies_size(), 2);
}

}  // namespace
}  // namespace reprise::study
