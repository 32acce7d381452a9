// SPDX-License-Identifier: Apache-2.0
// Requests, decisions, and who may do what.
#include <gtest/gtest.h>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "reprise/extract/v1/extract_service.grpc.pb.h"

#include "services/extract/domain/delivery/sealed_key.h"
#include "services/extract/extract_fixture.h"
#include "services/platform/rpc/wire_status.h"

namespace reprise::extract {
namespace {

using absl::StatusCode;
using house::Person;
using reprise::testing::HasViolation;
using reprise::testing::StatusIs;

constexpr char kService[] = "reprise.extract.v1.ExtractService/";

using RequestExtractTest = ExtractTest;
using DecideExtractTest = ExtractTest;
using ListExtractsTest = ExtractTest;
using DownloadExtractTest = ExtractTest;

TEST_F(RequestExtractTest, IsStoredWithASealedKeyAndRecorded) {
  const auto made = Request();
  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(made->state(), v1::Extract::STATE_REQUESTED);
  EXPECT_EQ(made->cut_time().seconds(), absl::ToUnixSeconds(At(9, 1)));
  EXPECT_EQ(Audited("extract.request", made->extract_id()), 1);
  EXPECT_EQ(database().Value(absl::StrCat("SELECT octet_length(sealed_key) FROM extract.request WHERE extract_id = '",
                                          made->extract_id(), "'")),
            "72") << "nonce, key and tag";
}

TEST_F(RequestExtractTest, NamesAStageAndAPurpose) {
  v1::RequestExtractRequest request;
  request.set_study_id(study_);
  request.set_stage("MAIN");
  const auto ask = [&] { return handlers_.RequestExtract(CallOn(requester_, At(9, 1)), request).status(); };
  EXPECT_THAT(ask(), HasViolation("purpose", "FIELD_REQUIRED"));
  request.set_purpose(std::string(501, 'x'));
  EXPECT_THAT(ask(), HasViolation("purpose", "FIELD_TOO_LONG"));
  request.set_purpose("Call 06 12 34 56 78.");
  EXPECT_THAT(ask(), HasViolation("purpose", "TEXT_HOLDS_IDENTITY"));
  request.set_purpose("Analysis.");
  request.set_stage("SECOND");
  EXPECT_THAT(ask(), StatusIs(StatusCode::kInvalidArgument, "STAGE_UNKNOWN"));
  request.set_study_id(NewId());
  EXPECT_THAT(ask(), StatusIs(StatusCode::kNotFound, "STUDY_NOT_FOUND"));
}

TEST_F(DecideExtractTest, IsNeverTheRequesters) {
  const auto made = Request();
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(Decide(made->extract_id(), requester_), StatusIs(StatusCode::kPermissionDenied, "SELF_APPROVAL"));
  const auto approved = Decide(made->extract_id(), approver_);
  ASSERT_THAT(approved, IsOk());
  EXPECT_EQ(approved->state(), v1::Extract::STATE_APPROVED);
  EXPECT_EQ(approved->decided_by(), approver_);
  EXPECT_EQ(Audited("extract.approve", made->extract_id()), 1);
  EXPECT_THAT(Decide(made->extract_id(), NewId()), StatusIs(StatusCode::kFailedPrecondition, "EXTRACT_DECIDED"));
  EXPECT_THAT(Decide(NewId(), approver_), StatusIs(StatusCode::kNotFound, "EXTRACT_NOT_FOUND"));
}

TEST_F(DecideExtractTest, RefusesWithAReason) {
  const auto made = Request();
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(Decide(made->extract_id(), approver_, false), HasViolation("reason", "FIELD_REQUIRED"));
  EXPECT_THAT(Decide(made->extract_id(), approver_, false, std::string(501, 'x')),
              HasViolation("reason", "FIELD_TOO_LONG"));
  EXPECT_THAT(Decide(made->extract_id(), approver_, false, "Ask 06 12 34 56 78"),
              HasViolation("reason", "TEXT_HOLDS_IDENTITY"));
  const auto refused = Decide(made->extract_id(), approver_, false, "Not covered by the consent.");
  ASSERT_THAT(refused, IsOk());
  EXPECT_EQ(refused->state(), v1::Extract::STATE_REFUSED);
  EXPECT_EQ(Audited("extract.refuse", made->extract_id()), 1);
  Received received;
  EXPECT_THAT(Download(made->extract_id(), received),
              StatusIs(StatusCode::kFailedPrecondition, "EXTRACT_NOT_APPROVED"));
}

TEST_F(ListExtractsTest, ShowsTheNewestFirst) {
  const auto first = Request("MAIN", At(8, 1)), second = Request("PILOT", At(8, 2));
  v1::ListExtractsRequest request;
  request.set_study_id(study_);
  const auto list = handlers_.ListExtracts(CallOn(requester_, At(9, 1)), request);
  ASSERT_THAT(list, IsOk());
  ASSERT_EQ(list->extracts_size(), 2);
  EXPECT_EQ(list->extracts(0).extract_id(), second->extract_id());
  EXPECT_EQ(list->extracts(1).purpose(), "Primary analysis.");
}

TEST_F(DownloadExtractTest, IsForTheWholeStudyAndAfterApproval) {
  const auto made = Request();
  ASSERT_THAT(made, IsOk());
  Received received;
  EXPECT_THAT(Download(made->extract_id(), received),
              StatusIs(StatusCode::kFailedPrecondition, "EXTRACT_NOT_APPROVED"));
  EXPECT_THAT(Download(NewId(), received), StatusIs(StatusCode::kNotFound, "EXTRACT_NOT_FOUND"));
  ASSERT_THAT(Decide(made->extract_id(), approver_), IsOk());
  reprise::Call narrow = CallOn(requester_, At(9, 3));
  narrow.scope.places = {absl::StrCat(study_, "/", site_)};
  v1::DownloadExtractRequest request;
  request.set_extract_id(made->extract_id());
  EXPECT_THAT(handlers_.DownloadExtract(narrow, request, received),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  EXPECT_EQ(Audited("extract.download", made->extract_id()), 0);
  EXPECT_TRUE(received.files.empty());
  EXPECT_THAT(Download(made->extract_id(), received), IsOk());
  EXPECT_EQ(Audited("extract.download", made->extract_id()), 1);
  Received impatient;
  impatient.gone_after = 2;
  EXPECT_THAT(Download(made->extract_id(), impatient), StatusIs(StatusCode::kCancelled, "READER_GONE"));
  EXPECT_EQ(impatient.pieces, 2);
}

TEST_F(DownloadExtractTest, AsksForTheRightsOverTheWireAndStreams) {
  database().Sql(absl::StrCat(
      "INSERT INTO study.protocol_version VALUES ('", people().study_id, "', 1, 'v1', '2026-01-01', 'x', "
      "sha256('x'), '{\"study\": \"FASTRACS\", \"stages\": [{\"code\": \"MAIN\"}]}', false, '2026-01-01', '",
      NewId(), "', '') ON CONFLICT DO NOTHING"));
  v1::RequestExtractRequest ask;
  ask.set_request_id(NewId());
  ask.set_study_id(people().study_id);
  ask.set_stage("MAIN");
  ask.set_purpose("Analysis.");
  const std::string request_method = absl::StrCat(kService, "RequestExtract");
  EXPECT_THAT(HouseTest::Call<v1::Extract>(people().coline, request_method, ask),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  const auto made = HouseTest::Call<v1::Extract>(people().rachel, request_method, ask);
  ASSERT_THAT(made, IsOk());
  v1::DecideExtractRequest decide;
  decide.set_request_id(NewId());
  decide.set_extract_id(made->extract_id());
  decide.set_approve(true);
  EXPECT_THAT(HouseTest::Call<v1::Extract>(people().rachel, absl::StrCat(kService, "DecideExtract"), decide),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  ASSERT_THAT(HouseTest::Call<v1::Extract>(people().bob, absl::StrCat(kService, "DecideExtract"), decide), IsOk());
  const auto stub = v1::ExtractService::NewStub(
      grpc::CreateChannel(house().daemon->address(), grpc::InsecureChannelCredentials()));
  const auto download = [&](const Person& who, std::vector<std::string>& files) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", absl::StrCat("Bearer ", who.token));
    v1::DownloadExtractRequest request;
    request.set_extract_id(made->extract_id());
    const auto reader = stub->DownloadExtract(&context, request);
    v1::ExtractChunk chunk;
    while (reader->Read(&chunk)) {
      if (chunk.last()) files.push_back(chunk.file());
    }
    return rpc::FromGrpc(reader->Finish());
  };
  std::vector<std::string> files;
  EXPECT_THAT(download(people().bob, files), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_TRUE(files.empty());
  ASSERT_THAT(download(people().rachel, files), IsOk());
  EXPECT_EQ(files.front(), "README.txt");
  EXPECT_EQ(files.back(), "manifest.json");
  v1::ListExtractsRequest list;
  list.set_study_id(people().study_id);
  EXPECT_THAT(HouseTest::Call<v1::ListExtractsResponse>(people().coline, absl::StrCat(kService, "ListExtracts"), list),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST(SealedKeyTest, OpensForItsExtractAlone) {
  const std::string house(32, 'k'), other(32, 'o');
  const std::string sealed = SealFreshKey(house, "extract-1");
  EXPECT_NE(SealFreshKey(house, "extract-1"), sealed);
  const auto once = OpenKey(house, "extract-1", sealed), again = OpenKey(house, "extract-1", sealed);
  ASSERT_THAT(once, IsOk());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(once->Pseudonym("s", "p"), again->Pseudonym("s", "p"));
  EXPECT_FALSE(OpenKey(house, "extract-2", sealed).ok());
  EXPECT_FALSE(OpenKey(other, "extract-1", sealed).ok());
  EXPECT_FALSE(OpenKey(house, "extract-1", sealed.substr(1)).ok());
  std::string bent = sealed;
  bent[40] ^= 1;
  EXPECT_FALSE(OpenKey(house, "extract-1", bent).ok());
}

}  // namespace
}  // namespace reprise::extract
