// SPDX-License-Identifier: Apache-2.0
// Compression of files that are served.
#ifndef REPRISE_GATEWAY_FILES_GZIP_H_
#define REPRISE_GATEWAY_FILES_GZIP_H_

#include <string>

namespace reprise::gateway {

// `bytes` as a gzip file, compressed as far as zlib can; empty where it cannot.
std::string Gzip(const std::string& bytes);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_FILES_GZIP_H_
