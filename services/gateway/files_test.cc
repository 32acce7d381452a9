// SPDX-License-Identifier: Apache-2.0
// The web client's files over HTTP: found, cached, compressed, and nothing else reachable.
#include <gmock/gmock.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"

#include "services/gateway/files/site_files.h"
#include "services/gateway/testing/gateway_fixture.h"
#include "services/platform/testing/database.h"

namespace reprise::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What a gzip text says.
std::string Unzip(const std::string& packed) {
  z_stream stream = {};
  inflateInit2(&stream, 15 + 16);
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  inflate(&stream, Z_FINISH);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

class FilesTest : public ::testing::Test {
 protected:
  FilesTest() {
    Put("secret.txt", "outside");
    Put("www/index.html", "<!doctype html>the page");
    Put("www/p/index.html", "<!doctype html>her page");
    Put("www/assets/index-4fK2x9aB.js", Script());
    Put("www/assets/packed-Zz09_-aA.css", "plain");
    Put("www/assets/packed-Zz09_-aA.css.br", "brotli");
    Put("www/.hidden", "hidden");
    Put("www/empty.txt", "");
    ::symlink((folder_.path() + "/secret.txt").c_str(), (folder_.path() + "/www/link.txt").c_str());
    edge_ = std::make_unique<Edge>("static_directory: '" + folder_.path() + "/www'");
  }
  static std::string Script() { return std::string(5000, 'a') + "()"; }
  void Put(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_.path() + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  Answer Get(const std::string& target, const Headers& headers = {}) {
    return edge_->Ask("GET", target, headers);
  }

  testing::TestFolder folder_;
  std::unique_ptr<Edge> edge_;
};

TEST_F(FilesTest, PageHasAStrictPolicyAndIsRevalidated) {
  const Answer page = Get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "<!doctype html>the page");
  EXPECT_EQ(page.Of("content-type"), "text/html; charset=utf-8");
  const std::string policy = page.Of("content-security-policy");
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("script-src 'self';"));
  EXPECT_THAT(policy, HasSubstr("style-src 'self';"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, HasSubstr("base-uri 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_THAT(policy, Not(HasSubstr("*")));
  EXPECT_EQ(page.Of("x-content-type-options"), "nosniff");
  EXPECT_EQ(page.Of("referrer-policy"), "no-referrer");
  EXPECT_THAT(page.Of("permissions-policy"), HasSubstr("camera=()"));
  EXPECT_EQ(page.Of("cache-control"), "no-cache");
  const Answer again = Get("/", {{"If-None-Match", page.Of("etag")}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(Get("/", {{"If-None-Match", "\"other\""}}).status, 200);
}

TEST_F(FilesTest, HashedNamesAreKeptForEver) {
  const Answer script = Get("/assets/index-4fK2x9aB.js");
  EXPECT_EQ(script.status, 200);
  EXPECT_EQ(script.body, Script());
  EXPECT_EQ(script.Of("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(script.Of("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(Get("/empty.txt").Of("cache-control"), "no-cache");
}

TEST(HashedNameTest, Cases) {
  EXPECT_TRUE(HashedName("/assets/index-4fK2x9aB.js"));
  EXPECT_TRUE(HashedName("/assets/index.4fK2x9aB.js"));
  EXPECT_TRUE(HashedName("/a-_-0000aa.css"));
  EXPECT_FALSE(HashedName("/assets/coordinator.js"));
  EXPECT_FALSE(HashedName("/assets/page-overview.js"));  // a word of eight letters is no hash
  EXPECT_FALSE(HashedName("/index.html"));
  EXPECT_FALSE(HashedName("/LICENSE"));
}

TEST_F(FilesTest, CompressesForWhoTakesIt) {
  const Answer zipped = Get("/assets/index-4fK2x9aB.js", {{"Accept-Encoding", "gzip, deflate"}});
  EXPECT_EQ(zipped.Of("content-encoding"), "gzip");
  EXPECT_EQ(zipped.Of("vary"), "Accept-Encoding");
  EXPECT_LT(zipped.body.size(), 200u);
  EXPECT_EQ(Unzip(zipped.body), Script());
  EXPECT_EQ(Get("/assets/packed-Zz09_-aA.css", {{"Accept-Encoding", "gzip, br"}}).body, "brotli");
  EXPECT_EQ(Get("/assets/packed-Zz09_-aA.css", {{"Accept-Encoding", "br;q=0"}}).body, "plain");
  EXPECT_EQ(Get("/assets/packed-Zz09_-aA.css").Of("content-encoding"), "");
}

TEST_F(FilesTest, HeadIsAGetWithoutItsBody) {
  HttpClient client(edge_->address());
  client.SendBytes("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::string text, more;
  while (!(more = client.ReadSome()).empty()) text += more;
  EXPECT_THAT(text, HasSubstr("Content-Length: 23\r\n"));
  EXPECT_EQ(text.substr(text.size() - 4), "\r\n\r\n");
}

TEST_F(FilesTest, PathsOfThePageGetThePage) {
  for (const char* const path :
       {"/", "/participants/42", "/fr/accueil?x=1.js", "/index.html", "/pages", "/q/p"}) {
    EXPECT_EQ(Get(path).body, "<!doctype html>the page") << path;
  }
  for (const char* const path : {"/p", "/p/", "/p/q/42", "/p?x", "/p/index.html"}) {
    EXPECT_EQ(Get(path).body, "<!doctype html>her page") << path;
  }
  for (const char* const path : {"/assets/gone.js", "/favicon.ico", "/.hidden", "/link.txt",
                                 "/assets/packed-Zz09_-aA.css.br"}) {
    EXPECT_EQ(Get(path).status, 404) << path;
  }
  EXPECT_EQ(edge_->Ask("POST", "/participants/42").status, 405);
  EXPECT_EQ(edge_->Ask("DELETE", "/index.html").status, 405);
}

TEST_F(FilesTest, NothingOutsideIsReachable) {
  for (const char* const path :
       {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt", "//secret.txt", "/..\\secret.txt", "/%5c..%5csecret.txt",
        "/secret.txt%00.js", "/....//secret.txt", "/%c0%ae%c0%ae/secret.txt", "/etc/passwd.txt"}) {
    const Answer answer = Get(path);
    EXPECT_GE(answer.status, 400) << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("outside"))) << path;
  }
}

TEST_F(FilesTest, WithoutAFolderThereAreNone) {
  Edge bare;
  EXPECT_EQ(bare.Ask("GET", "/").status, 404);
}

}  // namespace
}  // namespace reprise::gateway
