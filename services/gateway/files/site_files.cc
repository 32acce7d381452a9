// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/files/site_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "services/gateway/files/gzip.h"
#include "services/gateway/http/path.h"
#include "services/platform/error/error.h"
#include "services/platform/id/digest.h"

namespace reprise::gateway {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxTotal = 64 << 20;

// No script, style or anything else but our own files; nothing inline; nobody frames us.
constexpr char kPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";
constexpr char kPermissions[] =
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

constexpr std::pair<const char*, const char*> kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".pdf", "application/pdf"},
};

std::string TypeOf(const std::string& path) {
  const std::string suffix = fs::path(path).extension().string();
  for (const auto& [known, type] : kTypes) {
    if (suffix == known) return type;
  }
  return "application/octet-stream";
}

bool Compressible(const std::string& type) {
  return absl::StartsWith(type, "text/") || absl::StrContains(type, "json") ||
         absl::StrContains(type, "svg") || absl::StrContains(type, "wasm");
}

absl::Status Unreadable(const std::string& path) {
  return error::Make(absl::StatusCode::kFailedPrecondition, "STATIC_UNREADABLE",
                     "The folder of static files cannot be read.", {{"file", path}});
}

bool Inside(const fs::path& file, const fs::path& root) {
  const auto [end, _] = std::mismatch(root.begin(), root.end(), file.begin(), file.end());
  return end == root.end();
}

bool Hidden(const std::string& path) { return absl::StrContains(path, "/."); }

// "/path" and content of every file that may be served.
absl::StatusOr<std::map<std::string, std::string>> ReadAll(const std::string& directory) {
  std::error_code error;
  const fs::path root = fs::canonical(directory, error);
  if (error || !fs::is_directory(root)) return Unreadable(directory);
  std::map<std::string, std::string> contents;
  size_t total = 0;
  for (auto at = fs::recursive_directory_iterator(root, error); !error && at != fs::end(at);
       at.increment(error)) {
    const fs::path real = fs::canonical(at->path(), error);
    if (error) return Unreadable(at->path().string());
    const std::string name = "/" + fs::relative(at->path(), root, error).generic_string();
    if (!fs::is_regular_file(real) || !Inside(real, root) || Hidden(name)) continue;
    std::ifstream file(real, std::ios::binary);
    std::ostringstream bytes;
    if (!file || (fs::file_size(real, error) > 0 && !(bytes << file.rdbuf()))) {
      return Unreadable(real.string());
    }
    total += bytes.str().size();
    if (total > kMaxTotal) {
      return error::Make(absl::StatusCode::kFailedPrecondition, "STATIC_TOO_LARGE",
                         "The static files are larger than 64 MiB together.");
    }
    contents[name] = bytes.str();
  }
  if (error) return Unreadable(directory);
  return contents;
}

Response Plain(int status, const std::string& text) {
  return {.status = status, .headers = {{"Content-Type", "text/plain; charset=utf-8"}}, .body = text};
}

}  // namespace

bool HashedName(absl::string_view path) {
  const absl::string_view name = path.substr(path.rfind('/') + 1);
  const size_t dot = name.rfind('.');
  if (dot == absl::string_view::npos) return false;
  // The eight characters before the last dot, after a dash or a dot, as bundlers write it.
  if (dot < 9 || (name[dot - 9] != '-' && name[dot - 9] != '.')) return false;
  const absl::string_view hash = name.substr(dot - 8, 8);
  return std::all_of(hash.begin(), hash.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
         }) &&
         std::any_of(hash.begin(), hash.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
                  absl::ascii_isupper(static_cast<unsigned char>(c));
         });
}

absl::StatusOr<SiteFiles> SiteFiles::Load(const std::string& directory) {
  SiteFiles site;
  if (directory.empty()) return site;
  auto contents = ReadAll(directory);
  if (!contents.ok()) return contents.status();
  for (const auto& [path, bytes] : *contents) {
    const fs::path form(path);
    const bool compressed = form.extension() == ".br" || form.extension() == ".gz";
    if (compressed && contents->count((form.parent_path() / form.stem()).string()) > 0) continue;
    File& file = site.files_[path];
    file.type = TypeOf(path);
    file.plain = bytes;
    file.immutable = HashedName(path);
    file.etag = absl::StrCat("\"", Sha256Hex(bytes).substr(0, 32), "\"");
    if (const auto at = contents->find(path + ".br"); at != contents->end()) file.brotli = at->second;
    if (const auto at = contents->find(path + ".gz"); at != contents->end()) file.gzip = at->second;
    if (file.gzip.empty() && Compressible(file.type)) file.gzip = Gzip(bytes);
    if (file.gzip.size() >= bytes.size()) file.gzip.clear();
  }
  return site;
}

const SiteFiles::File* SiteFiles::Find(const std::string& path) const {
  const auto at = files_.find(path);
  return at == files_.end() ? nullptr : &at->second;
}

const SiteFiles::File* SiteFiles::FindPage(std::string folder) const {
  while (true) {
    if (const File* const page = Find(absl::StrCat(folder, "/index.html"))) return page;
    if (folder.empty()) return nullptr;
    folder.resize(folder.rfind('/'));
  }
}

Response SiteFiles::Answer(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = Plain(405, "Only GET and HEAD.\n");
    refused.headers.emplace_back("Allow", "GET, HEAD");
    return refused;
  }
  const auto path = CleanPath(request.Path());
  if (!path) return Plain(400, "The path cannot be read.\n");
  const File* file = Find(*path);
  const absl::string_view last = absl::string_view(*path).substr(path->rfind('/') + 1);
  // Where a page itself knows the way: /participants/42, but not /assets/gone.js.
  if (file == nullptr && !absl::StrContains(last, '.')) {
    file = FindPage(std::string(absl::StripSuffix(*path, "/")));
  }
  if (file == nullptr) return Plain(404, "There is no such file.\n");
  return Serve(*file, request);
}

Response SiteFiles::Serve(const File& file, const Request& request) {
  const absl::string_view accept = request.Header("accept-encoding");
  const std::string* body = &file.plain;
  std::string coding;
  if (!file.brotli.empty() && Accepts(accept, "br")) {
    body = &file.brotli;
    coding = "br";
  } else if (!file.gzip.empty() && Accepts(accept, "gzip")) {
    body = &file.gzip;
    coding = "gzip";
  }
  Response response{.status = 200,
                    .headers = {{"ETag", "W/" + file.etag},  // weak: the compressed forms share it
                                {"Cache-Control", file.immutable
                                                      ? "public, max-age=31536000, immutable"
                                                      : "no-cache"},
                                {"Vary", "Accept-Encoding"},
                                {"Content-Security-Policy", kPolicy},
                                {"Permissions-Policy", kPermissions},
                                {"Cross-Origin-Opener-Policy", "same-origin"}}};
  for (absl::string_view known : absl::StrSplit(request.Header("if-none-match"), ',')) {
    known = absl::StripAsciiWhitespace(known);
    if (absl::StartsWith(known, "W/")) known.remove_prefix(2);
    if (known != file.etag && known != "*") continue;
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("Content-Type", file.type);
  if (!coding.empty()) response.headers.emplace_back("Content-Encoding", coding);
  response.body = *body;
  return response;
}

}  // namespace reprise::gateway
