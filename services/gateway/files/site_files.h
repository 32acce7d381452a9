// SPDX-License-Identifier: Apache-2.0
// The web client's files, read and compressed once at the start, so that serving one is a look-up and
// no request can reach anything else.
#ifndef REPRISE_GATEWAY_FILES_SITE_FILES_H_
#define REPRISE_GATEWAY_FILES_SITE_FILES_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"

#include "services/gateway/http/exchange.h"

namespace reprise::gateway {

class SiteFiles {
 public:
  // Every regular file below `directory`; none where it is empty. NAME.br and NAME.gz are compressed
  // forms of NAME. Links that lead out of the folder, and names that begin with a dot, are left out.
  //   FAILED_PRECONDITION STATIC_UNREADABLE, STATIC_TOO_LARGE (64 MiB)
  static absl::StatusOr<SiteFiles> Load(const std::string& directory);

  // GET and HEAD. A path that is no file and looks like none gets the nearest index.html: that of its
  // own folder, or of one above.
  Response Answer(const Request& request) const;

 private:
  struct File {
    std::string type;
    std::string plain, gzip, brotli;  // compressed forms may be empty
    std::string etag;
    bool immutable = false;  // the name holds a hash of the content
  };
  const File* Find(const std::string& path) const;
  const File* FindPage(std::string folder) const;  // "" is the root
  static Response Serve(const File& file, const Request& request);

  std::map<std::string, File> files_;  // by "/path"
};

// Whether a name holds a hash, as "index-4fK2_x9a.js": then its content never changes.
bool HashedName(absl::string_view path);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_FILES_SITE_FILES_H_
