// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/codes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "reprise/access/v1/access_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "clients/cli/online/played_server.h"

namespace reprise::cli {
namespace {

namespace q1 = ::reprise::questionnaire::v1;

constexpr const char* kUuid = "0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b";

// FASTRACS has LYO and STE, OTHER has LYO; LYO-0001 is in both, STE-0002 in FASTRACS alone.
class CodesTest : public ::testing::Test {
 protected:
  CodesTest() {
    server_.On<study::v1::ListStudiesRequest, study::v1::ListStudiesResponse>(
        "study/ListStudies", [this](const auto&) { return studies_; });
    AddStudy("FASTRACS", {"LYO", "STE"});
    AddStudy("OTHER", {"LYO"});
    server_.On<enrolment::v1::ListParticipantsRequest, enrolment::v1::ListParticipantsResponse>(
        "enrolment/ListParticipants", [](const enrolment::v1::ListParticipantsRequest& request) {
          enrolment::v1::ListParticipantsResponse list;
          const bool first = request.page_token().empty();
          const std::string code = first                                 ? "LYO-0001"
                                   : request.study_id() == "id-FASTRACS" ? "STE-0002"
                                                                         : "LYO-0003";
          auto* const participant = list.add_participants();
          participant->set_code(code);
          participant->set_participant_id(request.study_id() + "/" + code);
          if (first) list.set_next_page_token("2");
          return list;
        });
    server_.On<q1::ListInstrumentVersionsRequest, q1::ListInstrumentVersionsResponse>(
        "questionnaire/ListInstrumentVersions",
        [](const q1::ListInstrumentVersionsRequest& request) {
          q1::ListInstrumentVersionsResponse list;
          for (const char* const name : {"PHQ-9@1.0", "WAI@1.0", "WAI@2.0"}) {
            const std::string text = name;
            if (text.substr(0, text.find('@')) != request.instrument_id()) continue;
            auto* const version = list.add_instrument_versions();
            version->set_instrument_id(request.instrument_id());
            version->set_version(text.substr(text.find('@') + 1));
            version->set_instrument_version_id("id-" + text);
          }
          return list;
        });
    server_.On<q1::ListInstancesRequest, q1::ListInstancesResponse>(
        "questionnaire/ListInstances", [](const q1::ListInstancesRequest& request) {
          q1::ListInstancesResponse list;
          auto* const instance = list.add_instances();
          instance->set_instance_id("of " + request.participant_id());
          instance->set_instrument_version_id("id-PHQ-9@1.0");
          instance->set_timepoint("T0+4m");
          return list;
        });
  }
  void AddStudy(const std::string& code, const std::vector<std::string>& sites) {
    auto* const study = studies_.add_studies();
    study->mutable_study()->set_code(code);
    study->mutable_study()->set_study_id("id-" + code);
    for (const std::string& site : sites) {
      auto* const added = study->add_sites();
      added->set_code(site);
      added->set_site_id(absl::StrCat("id-", code, "-", site));
      added->set_study_id("id-" + code);
    }
  }
  // The id, or the reason why there is none.
  template <typename Id>
  static std::string Told(const absl::StatusOr<Id>& id) {
    if (!id.ok()) return error::ReasonOf(id.status());
    if constexpr (std::is_same_v<Id, study::v1::Site>) {
      return id->site_id();
    } else {
      return *id;
    }
  }

  study::v1::ListStudiesResponse studies_;
  PlayedServer server_;
  Codes codes_{server_};
};

TEST_F(CodesTest, UuidsAreTakenWithoutAsking) {
  EXPECT_EQ(Told(codes_.Study(kUuid)), kUuid);
  EXPECT_EQ(Told(codes_.Participant(kUuid, "")), kUuid);
  EXPECT_EQ(Told(codes_.InstrumentVersion(kUuid)), kUuid);
  EXPECT_EQ(Told(codes_.Instance(kUuid, "")), kUuid);
  EXPECT_EQ(Told(codes_.UserId(kUuid)), kUuid);
  EXPECT_TRUE(server_.calls.empty());
}

TEST_F(CodesTest, StudiesAndSitesAreFoundByCodeInEitherCase) {
  EXPECT_EQ(Told(codes_.Study("fastracs")), "id-FASTRACS");
  EXPECT_EQ(Told(codes_.Study("NOPE")), "STUDY_NOT_FOUND");
  EXPECT_EQ(Told(codes_.Study("")), "STUDY_REQUIRED");
  EXPECT_EQ(Told(codes_.Site("ste", "")), "id-FASTRACS-STE");
  EXPECT_EQ(Told(codes_.Site("LYO", "")), "CODE_AMBIGUOUS");
  EXPECT_EQ(Told(codes_.Site("LYO", "OTHER")), "id-OTHER-LYO");
  EXPECT_EQ(Told(codes_.Site("STE", "OTHER")), "SITE_NOT_FOUND");
  EXPECT_EQ(server_.calls["study/ListStudies"], 1);
}

TEST_F(CodesTest, TheOnlyStudyNeedsNoName) {
  studies_.mutable_studies()->RemoveLast();
  EXPECT_EQ(Told(codes_.Study("")), "id-FASTRACS");
}

TEST_F(CodesTest, WhoSeesNoStudyIsToldSo) {
  studies_.clear_studies();
  EXPECT_EQ(Told(codes_.Study("")), "STUDY_REQUIRED");
  EXPECT_EQ(Told(codes_.Participant("LYO-0001", "")), "PARTICIPANT_NOT_FOUND");
}

TEST_F(CodesTest, ParticipantsAreFoundOnEveryPageOfEveryStudy) {
  EXPECT_EQ(Told(codes_.Participant("STE-0002", "")), "id-FASTRACS/STE-0002");
  EXPECT_EQ(Told(codes_.Participant("lyo-0003", "")), "id-OTHER/LYO-0003");
  EXPECT_EQ(Told(codes_.Participant("LYO-0001", "")), "CODE_AMBIGUOUS");
  EXPECT_EQ(Told(codes_.Participant("LYO-0001", "OTHER")), "id-OTHER/LYO-0001");
  EXPECT_EQ(Told(codes_.Participant("LYO-0009", "")), "PARTICIPANT_NOT_FOUND");
}

TEST_F(CodesTest, InstrumentsAreFoundByVersionWhereThereAreSeveral) {
  EXPECT_EQ(Told(codes_.InstrumentVersion("PHQ-9@1.0")), "id-PHQ-9@1.0");
  EXPECT_EQ(Told(codes_.InstrumentVersion("PHQ-9")), "id-PHQ-9@1.0");
  EXPECT_EQ(Told(codes_.InstrumentVersion("WAI")), "VERSION_REQUIRED");
  EXPECT_EQ(Told(codes_.InstrumentVersion("WAI@2.0")), "id-WAI@2.0");
  EXPECT_EQ(Told(codes_.InstrumentVersion("WAI@3.0")), "INSTRUMENT_VERSION_NOT_FOUND");
  EXPECT_EQ(Told(codes_.InstrumentVersion("HADS")), "INSTRUMENT_VERSION_NOT_FOUND");
}

TEST_F(CodesTest, InstancesAreFoundByParticipantInstrumentAndTimepoint) {
  EXPECT_EQ(Told(codes_.Instance("STE-0002/PHQ-9@1.0/T0+4m", "")), "of id-FASTRACS/STE-0002");
  EXPECT_EQ(Told(codes_.Instance("STE-0002/PHQ-9/T0+4m", "")), "of id-FASTRACS/STE-0002");
  EXPECT_EQ(Told(codes_.Instance("STE-0002/PHQ-9/baseline", "")), "INSTANCE_NOT_FOUND");
  EXPECT_EQ(Told(codes_.Instance("STE-0002/WAI@1.0/T0+4m", "")), "INSTANCE_NOT_FOUND");
  EXPECT_EQ(Told(codes_.Instance("STE-0002", "")), "INSTANCE_MALFORMED");
}

TEST_F(CodesTest, WhoMayNotListAccountsIsToldToGiveAnId) {
  EXPECT_EQ(Told(codes_.UserId("alice")), "USER_ID_REQUIRED");
  server_.On<access::v1::ListUsersRequest, access::v1::ListUsersResponse>(
      "access/ListUsers", [](const auto&) {
        access::v1::ListUsersResponse list;
        auto* const user = list.add_users();
        user->set_login_name("alice");
        user->set_user_id(kUuid);
        user->set_etag("v3");
        return list;
      });
  EXPECT_EQ(Told(codes_.UserId("alice")), kUuid);
  EXPECT_EQ(codes_.User(kUuid)->etag(), "v3");
  EXPECT_EQ(Told(codes_.UserId("bob")), "USER_NOT_FOUND");
}

}  // namespace
}  // namespace reprise::cli
