// SPDX-License-Identifier: Apache-2.0
// One HTTP request as the handlers see it.
#ifndef REPRISE_GATEWAY_HTTP_REQUEST_H_
#define REPRISE_GATEWAY_HTTP_REQUEST_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace reprise::gateway {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method = {};  // "POST"
  std::string target = {};  // as sent: path and query
  Headers headers = {};     // names in lower case, in the order of arrival
  std::string body = {};
  std::string client = {};  // network address of who asks; never logged
  bool secure = false;      // over TLS
  bool http10 = false;
  bool keep_alive = true;

  // The path without the query, still percent-encoded.
  absl::string_view Path() const {
    return absl::string_view(target).substr(0, target.find('?'));
  }
  // The value of the one header of this name; empty where there is none or several differ, since
  // what would be believed of two is a guess. `name` in lower case.
  absl::string_view Header(absl::string_view name) const;
  bool Has(absl::string_view name) const;
};

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_REQUEST_H_
