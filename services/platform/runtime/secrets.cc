// SPDX-License-Identifier: Apache-2.0
#include "services/platform/runtime/secrets.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::runtime {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr const char* kAll[] = {kAuditKey, kSealKey,  kVaultKey,     kMatchKey,
                                kExtractKey, kTotpKey, kAllocationKey};

absl::Status Refuse(const char* reason, const std::string& message, const std::string& path) {
  return error::Make(absl::StatusCode::kFailedPrecondition, reason, message, {{"file", path}});
}

absl::Status MakeKey(const std::string& path) {
  std::array<unsigned char, kKeyBytes> key;
  randombytes_buf(key.data(), key.size());
  std::array<char, 2 * kKeyBytes + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), key.data(), key.size());
  hex.back() = '\n';
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
  const bool written = file >= 0 && ::write(file, hex.data(), hex.size()) ==
                                        static_cast<ssize_t>(hex.size());
  if (file >= 0) ::close(file);
  return written ? absl::OkStatus()
                 : Refuse("SECRET_UNWRITABLE", "A secret file cannot be made.", path);
}

}  // namespace

absl::Status CheckOwnerOnly(const std::string& path) {
  struct stat state;
  if (::stat(path.c_str(), &state) != 0) {
    return Refuse("SECRET_MISSING", "A secret file is missing.", path);
  }
  if ((state.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Refuse("SECRET_READABLE_BY_OTHERS",
                  "A secret file must be readable by its owner alone (chmod 600).", path);
  }
  return absl::OkStatus();
}

absl::Status Secrets::Make(const std::string& directory) {
  REPRISE_CHECK(sodium_init() >= 0);
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failure);
  for (const char* const name : kAll) {
    const std::string path = absl::StrCat(directory, "/", name);
    if (!std::filesystem::exists(path, failure)) REPRISE_RETURN_IF_ERROR(MakeKey(path));
  }
  return absl::OkStatus();
}

absl::StatusOr<Secrets> Secrets::Load(const std::string& directory) {
  REPRISE_CHECK(sodium_init() >= 0);
  Secrets secrets;
  for (const char* const name : kAll) {
    const std::string path = absl::StrCat(directory, "/", name);
    REPRISE_RETURN_IF_ERROR(CheckOwnerOnly(path));
    std::ifstream file(path);
    std::string hex;
    std::getline(file, hex);
    std::string key(kKeyBytes, '\0');
    size_t size = 0;
    const char* end = nullptr;
    if (sodium_hex2bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), hex.data(),
                       hex.size(), nullptr, &size, &end) != 0 ||
        size != kKeyBytes || end != hex.data() + hex.size()) {
      return Refuse("SECRET_MALFORMED", "A secret file must hold 64 hexadecimal digits.", path);
    }
    secrets.keys_[name] = std::move(key);
  }
  return secrets;
}

absl::string_view Secrets::Get(const std::string& name) const {
  const auto at = keys_.find(name);
  REPRISE_CHECK(at != keys_.end());
  return at->second;
}

absl::StatusOr<std::string> ReadTlsFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) {
    return Refuse("TLS_FILE_UNREADABLE", absl::StrCat("The TLS file ", path, " cannot be read."), path);
  }
  return bytes.str();
}

}  // namespace reprise::runtime
