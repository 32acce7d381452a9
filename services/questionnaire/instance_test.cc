// SPDX-License-Identifier: Apache-2.0
// Instruments published and instances opened, over the wire.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/form_fixture.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using reprise::testing::HasViolation;
using reprise::testing::StatusIs;

using PublishInstrumentVersionTest = QuestionnaireTest;
using ListInstrumentVersionsTest = QuestionnaireTest;
using GetInstrumentDocumentTest = QuestionnaireTest;
using OpenInstanceTest = QuestionnaireTest;
using ListInstancesTest = QuestionnaireTest;

TEST_F(PublishInstrumentVersionTest, IsRefusedToACoordinator) {
  EXPECT_THAT(Publish(people().coline, FormDocument("9.9")),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(PublishInstrumentVersionTest, PublishesOnceAndRecordsIt) {
  const auto version = Publish(people().bob, FormDocument("2.0"));
  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->instrument_id(), "house-form");
  EXPECT_EQ(version->version(), "2.0");
  EXPECT_THAT(version->item_codes(), ::testing::ElementsAre("leave", "days", "remark"));
  EXPECT_EQ(Audited("instrument.publish", version->instrument_version_id()), 1);
  EXPECT_THAT(Publish(people().bob, FormDocument("2.0")),
              StatusIs(StatusCode::kAlreadyExists, "INSTRUMENT_VERSION_PUBLISHED"));
}

TEST_F(PublishInstrumentVersionTest, RefusesDocumentsThatAreNoInstrument) {
  struct Case {
    const char* name;
    std::string document;
    const char* reason;
  };
  for (const Case& c : {Case{"not YAML", "id: [", "DOCUMENT_MALFORMED"},
                        Case{"nothing in it", "id: x\n", "INSTRUMENT_INVALID"},
                        Case{"larger than 1 MiB", std::string((1 << 20) + 1, '#'), "FIELD_TOO_LONG"}}) {
    SCOPED_TRACE(c.name);
    EXPECT_THAT(Publish(people().bob, c.document), StatusIs(StatusCode::kInvalidArgument, c.reason));
  }
}

TEST_F(ListInstrumentVersionsTest, ShowsThemToWhoMay) {
  v1::ListInstrumentVersionsRequest request;
  request.set_instrument_id("house-form");
  EXPECT_THAT(Ask<v1::ListInstrumentVersionsResponse>(people().chelsea, "ListInstrumentVersions", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  (void)form();
  const auto list = Ask<v1::ListInstrumentVersionsResponse>(people().paula, "ListInstrumentVersions", request);
  ASSERT_THAT(list, IsOk());
  EXPECT_GE(list->instrument_versions_size(), 1);
  request.set_instrument_id("no-such");
  const auto none = Ask<v1::ListInstrumentVersionsResponse>(people().paula, "ListInstrumentVersions", request);
  ASSERT_THAT(none, IsOk());
  EXPECT_EQ(none->instrument_versions_size(), 0);
}

TEST_F(GetInstrumentDocumentTest, ReturnsItByteForByte) {
  v1::GetInstrumentDocumentRequest request;
  request.set_instrument_version_id(form());
  const auto document = Ask<v1::GetInstrumentDocumentResponse>(people().coline, "GetInstrumentDocument", request);
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ(document->document(), FormDocument("1.0"));
  request.set_instrument_version_id(NewId());
  EXPECT_THAT(Ask<v1::GetInstrumentDocumentResponse>(people().coline, "GetInstrumentDocument", request),
              StatusIs(StatusCode::kNotFound, "INSTRUMENT_VERSION_NOT_FOUND"));
}

TEST_F(OpenInstanceTest, IsRefusedWithoutTheRightAndOutOfSight) {
  EXPECT_THAT(Ask<v1::Instance>(people().pascale, "OpenInstance", NewInstance(people().paula_id)),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Instance>(people().paula, "OpenInstance", NewInstance(people().paula_id)),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_SCHEDULED"));
  EXPECT_THAT(Ask<v1::Instance>(people().paula, "OpenInstance", NewInstance(people().second_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Ask<v1::Instance>(people().coline, "OpenInstance", NewInstance(people().third_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Ask<v1::Instance>(people().olga, "OpenInstance", NewInstance(people().paula_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(OpenInstanceTest, OpensOnceAnOccasionAndRecordsIt) {
  auto request = NewInstance(people().paula_id);
  const auto instance = Ask<v1::Instance>(people().coline, "OpenInstance", request);
  ASSERT_THAT(instance, IsOk());
  EXPECT_EQ(instance->state(), v1::Instance::STATE_OPEN);
  EXPECT_EQ(Audited("instance.open", instance->instance_id()), 1);
  request.set_request_id(NewId());
  EXPECT_THAT(Ask<v1::Instance>(people().coline, "OpenInstance", request),
              StatusIs(StatusCode::kAlreadyExists, "INSTANCE_EXISTS"));
}

TEST_F(OpenInstanceTest, RefusesAnUnknownInstrumentAndAnOddTimepoint) {
  auto request = NewInstance(people().paula_id);
  request.set_instrument_version_id(NewId());
  EXPECT_THAT(Ask<v1::Instance>(people().coline, "OpenInstance", request),
              StatusIs(StatusCode::kNotFound, "INSTRUMENT_VERSION_NOT_FOUND"));
  request = NewInstance(people().paula_id);
  for (const std::string& odd : {std::string(""), std::string("T0 4m"), std::string("é"), std::string(41, 'x')}) {
    request.set_timepoint(odd);
    EXPECT_THAT(Ask<v1::Instance>(people().coline, "OpenInstance", request),
                StatusIs(StatusCode::kInvalidArgument, "TIMEPOINT_MALFORMED"));
  }
}

TEST_F(ListInstancesTest, ShowsTheStateToWhoSeesTheParticipant) {
  const std::string instance_id = Open(people().paula_id);
  ASSERT_THAT(Submit(people().paula, instance_id, {{"leave", "0"}}), IsOk());
  v1::ListInstancesRequest request;
  request.set_participant_id(people().paula_id);
  const auto list = Ask<v1::ListInstancesResponse>(people().paula, "ListInstances", request);
  ASSERT_THAT(list, IsOk());
  bool found = false;
  for (const v1::Instance& instance : list->instances()) {
    if (instance.instance_id() != instance_id) continue;
    found = true;
    EXPECT_EQ(instance.state(), v1::Instance::STATE_SUBMITTED);
  }
  EXPECT_TRUE(found);
  request.set_participant_id(people().second_id);
  EXPECT_THAT(Ask<v1::ListInstancesResponse>(people().paula, "ListInstances", request),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Ask<v1::ListInstancesResponse>(people().rachel, "ListInstances", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

}  // namespace
}  // namespace reprise::questionnaire
