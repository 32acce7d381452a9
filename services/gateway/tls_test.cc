// SPDX-License-Identifier: Apache-2.0
// The gateway's own TLS, and the files of it that are refused.
#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/gateway/testing/gateway_fixture.h"
#include "services/platform/testing/database.h"
#include "services/platform/testing/matchers.h"

namespace reprise::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::StatusIs;

// What a command prints.
std::string Shell(const std::string& command) {
  FILE* const pipe = ::popen(command.c_str(), "r");
  std::string text;
  char bytes[4096];
  for (size_t n; (n = ::fread(bytes, 1, sizeof bytes, pipe)) > 0;) text.append(bytes, n);
  ::pclose(pipe);
  return text;
}

TEST(TlsTest, ServesHttpsWithASecureCookie) {
  const testing::TestFolder folder;
  const std::string key = folder.path() + "/key.pem", certificate = folder.path() + "/certificate.pem";
  Shell(absl::StrCat("umask 077; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                   "-subj /CN=localhost -keyout ", key, " -out ", certificate, " 2>&1"));
  Edge edge(absl::StrCat("tls_certificate_file: '", certificate, "' tls_key_file: '", key, "'"));
  EXPECT_EQ(edge.gateway->url(), "https://" + edge.address());
  const auto talk = [&](const std::string& options, const std::string& request) {
    return Shell(absl::StrCat("printf '", request, "' | openssl s_client -quiet -ign_eof -connect ",
                            edge.address(), " ", options, " 2>/dev/null"));
  };
  const std::string health = talk("-tls1_3", "GET /healthz HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n");
  EXPECT_THAT(health, HasSubstr("200 OK"));
  EXPECT_THAT(health, HasSubstr("Strict-Transport-Security: max-age="));
  EXPECT_THAT(talk("-tls1_2", "GET /healthz HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n"), HasSubstr("200 OK"));
  EXPECT_EQ(talk("-tls1_1", "GET /healthz HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n"), "");
  const std::string login =
      talk("", absl::StrCat("POST /session", kEnter, " HTTP/1.1\\r\\nContent-Type: application/json\\r\\n"
                            "X-Reprise-Csrf: 1\\r\\nContent-Length: 12\\r\\nConnection: close\\r\\n\\r\\n{\"text\":\"a\"}"));
  EXPECT_THAT(login, HasSubstr("Set-Cookie: __Host-reprise=token-of-a; Path=/; HttpOnly; SameSite=Strict; Secure\r\n"));
  // Plain HTTP on the TLS port ends, and takes nobody else down.
  EXPECT_EQ(edge.Ask("GET", "/healthz").status, 0);
}

TEST(TlsTest, RefusesAKeyThatOthersCanRead) {
  const testing::TestFolder folder;
  const std::string key = folder.path() + "/key.pem";
  std::ofstream(key) << "no key";
  Shell("chmod 644 " + key);
  metrics::Metrics metrics;
  EchoServer echo;
  const std::string settings = absl::StrCat("tls_certificate_file: '", key, "' tls_key_file: '", key, "'");
  EXPECT_THAT(Gateway::Start(ConfigWith(settings), echo.channel(), metrics),
              StatusIs(absl::StatusCode::kFailedPrecondition, "SECRET_READABLE_BY_OTHERS"));
  Shell("chmod 600 " + key);
  EXPECT_THAT(Gateway::Start(ConfigWith(settings), echo.channel(), metrics),
              StatusIs(absl::StatusCode::kFailedPrecondition, "TLS_FILE_UNUSABLE"));
  const std::string elsewhere =
      absl::StrCat("tls_certificate_file: '", key, ".none' tls_key_file: '", key, "'");
  EXPECT_THAT(Gateway::Start(ConfigWith(elsewhere), echo.channel(), metrics),
              StatusIs(absl::StatusCode::kFailedPrecondition, "TLS_FILE_UNREADABLE"));
  EXPECT_THAT(Gateway::Start(ConfigWith(absl::StrCat("backend_address: '127.0.0.1:1' backend_ca_file: '", key, ".none'")),
                             nullptr, metrics),
              StatusIs(absl::StatusCode::kFailedPrecondition, "TLS_FILE_UNREADABLE"));
}

}  // namespace
}  // namespace reprise::gateway
