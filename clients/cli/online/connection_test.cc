// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reprise/access/v1/access_service.pb.h"

#include "services/platform/error/error.h"
#include "services/platform/id/id.h"
#include "services/platform/text/address.h"

namespace reprise::cli {
namespace {

TEST(ConnectionTest, OnlyThisComputerIsSpokenToPlainly) {
  const struct {
    const char* server;
    bool here;
  } cases[] = {
      {"127.0.0.1:7443", true},           {"127.9.9.9:1", true},
      {"localhost:7443", true},           {"[::1]:7443", true},
      {"unix:/run/reprise", true},        {"10.0.0.1:7443", false},
      {"127.evil.org:1", false},          {"localhost.org:1", false},
      {"reprise.chu-lyon.fr:443", false}, {"", false},
      {"dns:///127.0.0.1:1", false},
  };
  for (const auto& c : cases) EXPECT_EQ(text::StaysHere(c.server), c.here) << c.server;
}

TEST(ConnectionTest, APasswordIsNotSentPlainlyElsewhere) {
  ServerOptions options;
  options.server = "192.0.2.1:7443";  // an address for documentation; nothing is sent
  ServerConnection connection(options);
  EXPECT_EQ(error::ReasonOf(connection.CallJson("access/Login", "{}").status()), "TLS_REQUIRED");
  options.ca_file = "/nonexistent/ca.pem";
  ServerConnection unreadable(options);
  EXPECT_EQ(error::ReasonOf(unreadable.CallJson("access/Login", "{}").status()), "FILE_NOT_FOUND");
}

TEST(ConnectionTest, MethodsAreFoundByFullOrShortNames) {
  for (const char* const name :
       {"access/Login", "AccessService/Login", "access.v1.AccessService/Login",
        "reprise.access.v1.AccessService/Login"}) {
    const auto method = FindMethod(name);
    ASSERT_TRUE(method.ok()) << name;
    EXPECT_EQ((*method)->full_name(), "reprise.access.v1.AccessService.Login");
  }
  for (const char* const name : {"", "access/Log", "Nobody/Login", "access/"}) {
    EXPECT_EQ(error::ReasonOf(FindMethod(name).status()), "METHOD_UNKNOWN") << name;
  }
}

TEST(ConnectionTest, AMissingRequestIdIsFilledInAndAGivenOneKept) {
  access::v1::CreateUserRequest request;
  FillRequestId(request);
  EXPECT_TRUE(ParseUuid(request.request_id(), "").ok());
  const std::string first = request.request_id();
  FillRequestId(request);
  EXPECT_EQ(request.request_id(), first);
  access::v1::LoginRequest without;
  FillRequestId(without);
  EXPECT_EQ(without.ByteSizeLong(), 0u);
}

}  // namespace
}  // namespace reprise::cli
