// SPDX-License-Identifier: Apache-2.0
// Who reads an identity, and where it is not.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "tests/house/enrolment_house.h"

namespace reprise::enrolment {
namespace {

using absl::StatusCode;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

class VaultTest : public EnrolmentHouse {
 protected:
  static absl::StatusOr<v1::Screening> Screen(const v1::ScreenCandidateRequest& request) {
    return Ask<v1::Screening>(people().coline, "ScreenCandidate", request);
  }
  static absl::StatusOr<v1::Screening> ScreenAtSaintEtienne(const v1::ScreenCandidateRequest& request) {
    return Ask<v1::Screening>(people().simone, "ScreenCandidate", AtSaintEtienne(request));
  }
};

// The rows that a role sees are those of its caller's places, whatever it asks.
TEST_F(VaultTest, IsKeptByRowLevelSecurity) {
  Screened();
  for (const char* const table : {"screening", "consent", "event", "refusal"}) {
    const auto rows =
        database().SqlAs("reprise_enrolment", absl::StrCat("SELECT count(*) FROM enrolment.", table));
    ASSERT_THAT(rows, IsOk());
    EXPECT_EQ((*rows)[0][0], "0") << table;
    EXPECT_THAT(database().SqlAs("reprise_enrolment", absl::StrCat("DELETE FROM enrolment.", table)),
                StatusIs(StatusCode::kUnknown, "42501"));
  }
  for (const char* const role : {"reprise_study", "reprise_phase", "reprise_cohort", "reprise_extract",
                                 "reprise_questionnaire", "reprise_quality", "reprise_access", "reprise_gate"}) {
    EXPECT_THAT(database().SqlAs(role, "SELECT count(*) FROM enrolment_vault.attempt"),
                StatusIs(StatusCode::kUnknown, "42501"))
        << role;
  }
}

TEST_F(VaultTest, GivesTheIdentityToTheSiteAloneAndRecordsTheReading) {
  auto identity = Somebody();
  identity.set_used_name("Lefèvre");
  identity.set_email("someone@example.org");
  identity.set_phone("06 12 34 56 78");
  identity.set_employer("Verrerie du Val");
  v1::GetIdentityRequest request;
  request.set_participant_id(Consented(Screening(identity)));
  const auto read = Ask<v1::Identity>(people().coline, "GetIdentity", request);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->SerializeAsString(), identity.SerializeAsString());
  EXPECT_EQ(Audited("identity.read", request.participant_id()), 1);
  for (const Person& who : {people().bob, people().dora, people().rachel, people().pascale, people().paula}) {
    EXPECT_THAT(Ask<v1::Identity>(who, "GetIdentity", request),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  }
  EXPECT_THAT(Ask<v1::Identity>(people().simone, "GetIdentity", request),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(VaultTest, TellsNoSiteWhatAnotherWasTold) {
  auto identity = Somebody();
  identity.set_phone("06 11 11 11 11");
  auto failed = Screening(identity);
  failed.add_failed_criteria("METASTATIC");
  Screened(failed);
  identity.clear_phone();
  const auto second = ScreenAtSaintEtienne(Screening(identity));
  ASSERT_THAT(second, IsOk());
  const auto participant =
      Ask<v1::Participant>(people().simone, "RecordConsent", Consent(second->screening_id()));
  ASSERT_THAT(participant, IsOk());
  v1::GetIdentityRequest request;
  request.set_participant_id(participant->participant_id());
  const auto read = Ask<v1::Identity>(people().simone, "GetIdentity", request);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->phone(), "");
}

// Every column of every table, as bytes and as text, after every kind of act with an identity in it.
TEST_F(VaultTest, LeavesNoIdentityInAnyTableNorInTheLog) {
  const std::vector<std::string> secrets = {"Quetzalcoatl", "QUETZALCOATL", "quetzalcoatl", "Xiomara",
                                            "xiomara",      "Wolkenstein",  "wolkenstein",  "1973-11-29",
                                            "Zinc et Cie",  "zx@example.org"};
  v1::Identity identity = Named("Quetzalcoatl", "Xiomara", On(1973, 11, 29), "Wolkenstein");
  identity.set_employer("Zinc et Cie");
  identity.set_email("zx@example.org");
  v1::GetIdentityRequest read;
  ::testing::internal::CaptureStderr();  // where the daemon of this process writes its log
  read.set_participant_id(Enrolled(Screening(identity)));
  EXPECT_THAT(Ask<v1::Identity>(people().coline, "GetIdentity", read), IsOk());
  EXPECT_FALSE(ScreenAtSaintEtienne(Screening(identity)).ok());
  auto malformed = Screening(identity);
  malformed.mutable_identity()->set_email("Quetzalcoatl at home");
  EXPECT_FALSE(Screen(malformed).ok());
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("ScreenCandidate"), std::string::npos);
  for (const std::string& secret : secrets) EXPECT_EQ(log.find(secret), std::string::npos) << secret;
  const auto tables = database().Sql(
      "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables "
      "WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')");
  ASSERT_GT(tables.size(), 40u);
  for (const auto& table : tables) {
    for (const std::string& secret : secrets) {
      // A row as text shows bytea in hexadecimal.
      EXPECT_EQ(database().Value(absl::StrCat(
                    "SELECT count(*) FROM ", table[0], " AS t WHERE strpos(t::text, '", secret,
                    "') > 0 OR strpos(t::text, encode('", secret, "', 'hex')) > 0")),
                "0")
          << secret << " in " << table[0];
    }
  }
}

// The stored hash of a request cannot be tried out by whoever has the database.
TEST_F(VaultTest, KeepsNoHashThatCanBeGuessed) {
  const auto request = Screening();
  ASSERT_THAT(Screen(request), IsOk());
  const std::string bytes = "reprise.enrolment.v1.EnrolmentService/ScreenCandidate\n" + request.SerializeAsString();
  std::string hex;
  for (const char c : bytes) absl::StrAppend(&hex, absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM platform.request WHERE request_id = '",
                                          request.request_id(), "'")),
            "1");
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM platform.request WHERE request_hash = sha256('\\x",
                                          hex, "')")),
            "0");
}

}  // namespace
}  // namespace reprise::enrolment
