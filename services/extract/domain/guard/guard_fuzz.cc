// SPDX-License-Identifier: Apache-2.0
// The register's readers on any bytes, and the guard on what they accept: request, its classes,
// entry, its classes, parted by 0xFF.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/extract/domain/guard/guard.h"

namespace guard = reprise::extract::guard;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < size; ++i) {
    if (data[i] == 0xFF)
      parts.emplace_back();
    else
      parts.back().push_back(static_cast<char>(data[i]));
  }
  parts.resize(4);
  const auto request = guard::ReadRequest(parts[0], parts[1], "request.json");
  const auto release = guard::ReadRelease(parts[2], parts[3], "E1.json");
  (void)guard::ClassesFileOf(parts[2], "E1.json");
  if (request.ok() && release.ok()) (void)guard::Judge(*request, {*release});
  return 0;
}
