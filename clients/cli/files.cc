// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/files.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::cli {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ostringstream bytes;
  if (path == "-") {
    bytes << std::cin.rdbuf();
    return bytes.str();
  }
  std::error_code failure;
  if (!std::filesystem::exists(path, failure)) {
    return error::Make(absl::StatusCode::kNotFound, "FILE_NOT_FOUND", "The file does not exist.",
                       {{"file", path}});
  }
  std::ifstream file(path, std::ios::binary);
  if (std::filesystem::is_directory(path, failure) || !file) {
    return error::Make(absl::StatusCode::kPermissionDenied, "FILE_UNREADABLE",
                       "The file cannot be read.", {{"file", path}});
  }
  // The stream operator reports an empty file as a failure, so look first.
  if (file.peek() != std::ifstream::traits_type::eof()) bytes << file.rdbuf();
  return bytes.str();
}

absl::Status WriteFile(const std::string& path, absl::string_view bytes) {
  const auto unwritable = [&] {
    return error::Make(absl::StatusCode::kPermissionDenied, "FILE_UNWRITABLE",
                       "The file cannot be written.", {{"file", path}});
  };
  if (path == "-") {
    std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return std::cout.flush() ? absl::OkStatus() : unwritable();
  }
  const std::string beside = absl::StrCat(path, ".", getpid(), ".part");
  {
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) {
      std::remove(beside.c_str());
      return unwritable();
    }
  }
  if (std::rename(beside.c_str(), path.c_str()) != 0) {
    std::remove(beside.c_str());
    return unwritable();
  }
  return absl::OkStatus();
}

}  // namespace reprise::cli
