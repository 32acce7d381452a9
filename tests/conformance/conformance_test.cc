// SPDX-License-Identifier: Apache-2.0
// What every method of every service promises, whatever it does. REPRISE_SPLIT=1 in the environment
// runs the same with one process a service.
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <random>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/testing/matchers.h"
#include "tests/conformance/methods.h"
#include "tests/conformance/scenes.h"
#include "tests/conformance/server.h"
#include "tests/house/people.h"

namespace reprise::conformance {
namespace {

using absl::StatusCode;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using house::NewId;
using house::People;
using house::Person;
using testing::Describe;
using testing::IsOk;
using testing::StatusIs;

struct World {
  World() : server(AllServices(), std::getenv("REPRISE_SPLIT") != nullptr), people(house::Settle(server.client())) {}
  Server server;
  People people;
};

class EndOfWorld : public ::testing::Environment {
 public:
  explicit EndOfWorld(std::unique_ptr<World>& world) : world_(world) {}
  void TearDown() override {
    EXPECT_TRUE(world_->server.alive()) << "a daemon died during the tests";
    world_.reset();
  }

 private:
  std::unique_ptr<World>& world_;
};

World& TheWorld() {
  static std::unique_ptr<World> world;
  if (world == nullptr) {
    world = std::make_unique<World>();
    ::testing::AddGlobalTestEnvironment(new EndOfWorld(world));
  }
  return *world;
}

absl::StatusOr<std::string> Ask(const Person& who, const Method& method, const std::string& bytes) {
  return TheWorld().server.client().CallBytes(who.token, method.name, bytes);
}
absl::StatusOr<std::string> Ask(const Person& who, const Method& method, const Message& request) {
  return Ask(who, method, request.SerializeAsString());
}

// Somebody who holds the method's right; everybody where none is asked. Scenes that need another
// person name her themselves.
std::vector<Person> Everybody() {
  const People& p = TheWorld().people;
  return {p.alice, p.bob, p.dora, p.coline, p.pascale, p.rachel, p.paula};
}

// Never an answer that says "our fault", whoever asks. Being asked to come again is no fault, but
// not here, where nobody else asks.
void ExpectNoFault(const absl::Status& status) {
  if (error::ReasonOf(status) == "LOGIN_SLOWED") return;  // as promised to whoever guesses
  for (const StatusCode fault : {StatusCode::kInternal, StatusCode::kUnknown, StatusCode::kUnavailable,
                                 StatusCode::kDeadlineExceeded, StatusCode::kDataLoss}) {
    EXPECT_NE(status.code(), fault) << Describe(status);
  }
}

// Every refusal by our own code carries its reason.
void ExpectReason(const absl::Status& status) {
  EXPECT_TRUE(status.ok() || !error::ReasonOf(status).empty()) << Describe(status);
}

class EveryMethod : public ::testing::TestWithParam<Method> {
 protected:
  // A request whose ids are well formed and name nothing, at a place of the caller's choice.
  std::unique_ptr<Message> At(const std::string& study_id, const std::string& site_id) const {
    auto request = GetParam().NewRequest();
    const std::string id = NewId();
    SetTexts(*request, [&](const FieldDescriptor& field) { return IsId(field) ? &id : nullptr; });
    const auto set = [&](platform::v1::ScopeField scope, const std::string& text) {
      const FieldDescriptor* const field = ScopeField(GetParam(), scope);
      if (field != nullptr) request->GetReflection()->SetString(request.get(), field, text);
    };
    set(platform::v1::SCOPE_FIELD_STUDY, study_id);
    set(platform::v1::SCOPE_FIELD_SITE, site_id);
    return request;
  }
};

TEST_P(EveryMethod, HasAnAccessRule) {
  const platform::v1::AccessRule& access = GetParam().access;
  EXPECT_EQ((access.permission().empty() ? 0 : 1) + access.anyone() + access.any_user(), 1);
}

TEST_P(EveryMethod, AsksForAnIdentity) {
  if (GetParam().access.anyone()) GTEST_SKIP() << "needs none";
  EXPECT_THAT(Ask(Person{}, GetParam(), *GetParam().NewRequest()),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_REQUIRED"));
  EXPECT_THAT(Ask(Person{.token = "forged"}, GetParam(), *GetParam().NewRequest()),
              StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
}

TEST_P(EveryMethod, AsksForTheRight) {
  if (GetParam().access.permission().empty()) GTEST_SKIP() << "needs none";
  const People& p = TheWorld().people;
  EXPECT_THAT(Ask(p.chelsea, GetParam(), *At(p.study_id, p.lyon_id)),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_P(EveryMethod, KeepsToTheCallersStudyAndSite) {
  if (ScopeField(GetParam(), platform::v1::SCOPE_FIELD_STUDY) == nullptr) GTEST_SKIP() << "names no place";
  const People& p = TheWorld().people;
  for (const Person& who : {p.bob, p.dora, p.coline, p.pascale, p.rachel}) {
    SCOPED_TRACE(who.login_name);
    const auto refused = Ask(who, GetParam(), *At(p.other_study_id, p.other_site_id));
    EXPECT_EQ(refused.status().code(), StatusCode::kPermissionDenied) << Describe(refused.status());
  }
  if (ScopeField(GetParam(), platform::v1::SCOPE_FIELD_SITE) == nullptr) return;
  const auto refused = Ask(p.coline, GetParam(), *At(p.study_id, p.saint_etienne_id));
  EXPECT_EQ(refused.status().code(), StatusCode::kPermissionDenied) << Describe(refused.status());
}

TEST_P(EveryMethod, AnswersAnEmptyRequest) {
  for (const Person& who : Everybody()) {
    if (absl::EndsWith(GetParam().name, "/Logout")) break;  // which would log everybody out
    SCOPED_TRACE(who.login_name);
    const absl::Status status = Ask(who, GetParam(), "").status();
    ExpectNoFault(status);
    ExpectReason(status);
    if (GetParam().Writes() && !status.ok()) continue;
    EXPECT_FALSE(GetParam().Writes()) << "a write without request_id was accepted";
  }
}

TEST_P(EveryMethod, AnswersBytesThatAreNoRequest) {
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    std::string bytes(random() % 60 + 1, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    if (absl::EndsWith(GetParam().name, "/Logout")) bytes = "\x0a\x05" + bytes;
    ExpectNoFault(Ask(TheWorld().people.alice, GetParam(), bytes).status());
  }
  EXPECT_TRUE(TheWorld().server.alive());
}

TEST_P(EveryMethod, AnswersOddTextsInEveryField) {
  const People& p = TheWorld().people;
  const std::string ids[] = {"x", "00000000-0000-0000-0000-00000000000", "'; DROP TABLE audit.event; --",
                             std::string("\0", 1), NewId() + " ", std::string(100000, 'a')};
  for (const std::string& odd : ids) {
    for (const bool everywhere : {false, true}) {
      for (const Person& who : {p.alice, p.coline, p.dora}) {
        auto request = At(p.study_id, p.lyon_id);
        SetTexts(*request, [&](const FieldDescriptor& field) -> const std::string* {
          const bool place = field.options().GetExtension(platform::v1::scope) != 0;
          if (field.name() == "request_id" && everywhere) return nullptr;
          return (IsId(field) && !place) || (everywhere && !place) ? &odd : nullptr;
        });
        const absl::Status status = Ask(who, GetParam(), *request).status();
        ExpectNoFault(status);
        ExpectReason(status);
        EXPECT_FALSE(status.ok() && GetParam().Writes() && !everywhere);
      }
    }
  }
}

TEST_P(EveryMethod, TakesIdsInCapitals) {
  const People& p = TheWorld().people;
  if (ScopeField(GetParam(), platform::v1::SCOPE_FIELD_STUDY) == nullptr) GTEST_SKIP() << "names no place";
  for (const Person& who : {p.bob, p.coline, p.dora}) {
    const auto status = Ask(who, GetParam(), *At(absl::AsciiStrToUpper(p.study_id), "")).status();
    EXPECT_NE(error::ReasonOf(status), "OUT_OF_SCOPE") << who.login_name;
    ExpectNoFault(status);
  }
}

std::string NameOf(const ::testing::TestParamInfo<Method>& info) {
  return absl::StrCat(info.param.service, "_", info.param.descriptor->name());
}
INSTANTIATE_TEST_SUITE_P(Conformance, EveryMethod, ::testing::ValuesIn(AllMethods()), NameOf);

// Each writing method once for good, then again, then with another content.
class EveryWrite : public ::testing::TestWithParam<Method> {};

TEST_P(EveryWrite, HasOneEffectHoweverOftenItIsAsked) {
  Server& server = TheWorld().server;
  Scene scene = GetParam().service == "phase"
                    ? PhaseScene(GetParam(), server.database(), server.client(), TheWorld().people)
                    : CohortScene(GetParam(), server.database(), server.client(), TheWorld().people);
  if (scene.request == nullptr) scene = SceneFor(GetParam(), server.client(), TheWorld().people);
  ASSERT_NE(scene.request, nullptr) << "tests/conformance/scenes.cc has no scene for it";
  const auto& database = TheWorld().server.database();
  const auto events = [&] {
    return database.Value(absl::StrCat("SELECT count(*) FROM audit.event WHERE method = '",
                                       GetParam().name, "'"));
  };
  const auto first = Ask(scene.who, GetParam(), *scene.request);
  ASSERT_THAT(first, IsOk());
  const std::string after = events();
  EXPECT_NE(after, "0") << "not audited";
  const auto again = Ask(scene.who, GetParam(), *scene.request);
  ASSERT_THAT(again, IsOk());
  const std::unique_ptr<Message> a(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(GetParam().descriptor->output_type())->New());
  const std::unique_ptr<Message> b(a->New());
  ASSERT_TRUE(a->ParseFromString(*first) && b->ParseFromString(*again));
  EXPECT_EQ(a->DebugString(), b->DebugString());
  EXPECT_EQ(events(), after) << "recorded twice";
  EXPECT_THAT(Ask(scene.who, GetParam(), *scene.other),
              StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(events(), after);
}

std::vector<Method> Writing() {
  std::vector<Method> writing;
  for (const Method& method : AllMethods()) {
    if (method.Writes()) writing.push_back(method);
  }
  return writing;
}
INSTANTIATE_TEST_SUITE_P(Conformance, EveryWrite, ::testing::ValuesIn(Writing()), NameOf);

}  // namespace
}  // namespace reprise::conformance
