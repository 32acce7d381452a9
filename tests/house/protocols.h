// SPDX-License-Identifier: Apache-2.0
// Studies, documents and recorded facts for tests of protocols on a real database.
#ifndef REPRISE_TESTS_HOUSE_PROTOCOLS_H_
#define REPRISE_TESTS_HOUSE_PROTOCOLS_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "reprise/study/v1/study_service.pb.h"

#include "services/study/documents_for_test.h"
#include "tests/house/house.h"

namespace reprise::study {

inline constexpr char kStudyService[] = "reprise.study.v1.StudyService/";

inline std::string Replaced(const std::string& document, const std::string& from, const std::string& to) {
  EXPECT_NE(document.find(from), std::string::npos) << from;
  return absl::StrReplaceAll(document, {{from, to}});
}

class ProtocolTest : public house::HouseTest {
 protected:
  // A study of its own for a test.
  struct Place {
    std::string code;
    std::string study_id;
  };
  static Place NewStudy(const std::string& code) {
    v1::CreateStudyRequest request;
    request.set_request_id(house::NewId());
    request.set_code(code);
    (*request.mutable_title())["en"] = code;
    const auto study = Call<v1::Study>(people().alice, absl::StrCat(kStudyService, "CreateStudy"), request);
    EXPECT_THAT(study, reprise::testing::IsOk());
    return {code, study.ok() ? study->study_id() : ""};
  }
  static std::string Minimal(const Place& place) {
    return Replaced(FileText(absl::StrCat(REPRISE_STUDIES, "/minimal/study.yaml")), "study: MINIMAL",
                    "study: " + place.code);
  }
  static std::string Whole(const Place& place) {
    return Replaced(study::Whole(), "study: WHOLE", "study: " + place.code);
  }

  static absl::StatusOr<v1::PlanProtocolResponse> Plan(const house::Person& who, const std::string& study_id,
                                                       const std::string& document) {
    v1::PlanProtocolRequest request;
    request.set_study_id(study_id);
    request.set_document(document);
    request.set_document_name("study.yaml");
    return Call<v1::PlanProtocolResponse>(who, absl::StrCat(kStudyService, "PlanProtocol"), request);
  }
  static v1::ApplyProtocolRequest NewApplication(const std::string& study_id, const std::string& document,
                                                 int live_version, const std::string& reason = "") {
    v1::ApplyProtocolRequest request;
    request.set_request_id(house::NewId());
    request.set_study_id(study_id);
    request.set_document(document);
    request.set_document_name("study.yaml");
    request.set_live_version(live_version);
    request.set_change_reason(reason);
    return request;
  }
  static absl::StatusOr<v1::ProtocolVersion> Apply(const house::Person& who, const v1::ApplyProtocolRequest& request) {
    return Call<v1::ProtocolVersion>(who, absl::StrCat(kStudyService, "ApplyProtocol"), request);
  }
  static absl::StatusOr<v1::ProtocolVersion> Apply(const std::string& study_id, const std::string& document,
                                                   int live_version, const std::string& reason = "") {
    return Apply(people().alice, NewApplication(study_id, document, live_version, reason));
  }
  static absl::StatusOr<v1::GetProtocolResponse> Get(const house::Person& who, const std::string& study_id, int version = 0) {
    v1::GetProtocolRequest request;
    request.set_study_id(study_id);
    if (version != 0) request.set_version(version);
    return Call<v1::GetProtocolResponse>(who, absl::StrCat(kStudyService, "GetProtocol"), request);
  }
  static absl::StatusOr<v1::ListProtocolVersionsResponse> List(const house::Person& who, const std::string& study_id) {
    v1::ListProtocolVersionsRequest request;
    request.set_study_id(study_id);
    return Call<v1::ListProtocolVersionsResponse>(who, absl::StrCat(kStudyService, "ListProtocolVersions"), request);
  }
  // As a service whose caller may see everything sees it.
  static std::string Seen(const std::string& sql) {
    return database().Value(absl::StrCat("SET app.scope = '*'; ", sql));
  }

  // What the enrolment service records: a consent in a stage, and perhaps an enrolment.
  static void Consent(const Place& place, const std::string& stage, bool enrolled, int protocol_version = 1,
                      const std::string& date = "2025-05-05") {
    const std::string screening = house::NewId(), participant = house::NewId();
    const std::string site = absl::StrCat("(SELECT site_id FROM study.site WHERE code = 'LYO' AND study_id = '",
                                          place.study_id, "')");
    std::string sql = absl::StrCat(
        "INSERT INTO enrolment.screening VALUES ('", screening, "', '", place.study_id, "', ", site, ", '", stage,
        "', (SELECT count(*) + 1 FROM enrolment.screening), '", date, "', ", protocol_version,
        ", 'ELIGIBLE', '{}', '", house::NewId(), "', now());"
        "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage, "
        "consent_date, protocol_version, age_at_consent) VALUES ('", participant, "', '", place.study_id, "', ", site,
        ", '", participant, "', now(), '", screening, "', '", stage, "', '", date, "', ", protocol_version, ", 40);"
        "INSERT INTO enrolment.event VALUES ('", participant, "', 1, 'CONSENTED', '", date, "', NULL, '', '", house::NewId(),
        "', now());");
    if (enrolled) {
      absl::StrAppend(&sql, "INSERT INTO enrolment.event VALUES ('", participant, "', 2, 'ENROLLED', '", date,
                      "', NULL, '', '", house::NewId(), "', now());");
    }
    database().Sql(sql);
  }
};

}  // namespace reprise::study

#endif  // REPRISE_TESTS_HOUSE_PROTOCOLS_H_
