// SPDX-License-Identifier: Apache-2.0
// A plain HTTP/1.1 client for tests: it sends the bytes that it is given, however wrong, and reads one
// answer. Ends the process where it waits for more than ten seconds.
#ifndef REPRISE_GATEWAY_TESTING_HTTP_CLIENT_H_
#define REPRISE_GATEWAY_TESTING_HTTP_CLIENT_H_

#include <map>
#include <string>

#include "services/gateway/http/request.h"

namespace reprise::gateway {

struct Answer {
  int status = 0;  // 0: the connection ended without one
  std::map<std::string, std::string> headers = {};  // names in lower case
  std::string body = {};                            // without the chunks' frames
  std::string Of(const std::string& name) const;
};

class HttpClient {
 public:
  explicit HttpClient(const std::string& address);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;

  void SendBytes(const std::string& bytes);
  Answer Read();
  // At least one more byte of what comes, empty at the end.
  std::string ReadSome();
  // Whether the other end has closed; waits for it.
  bool Closed();

  // One request with Content-Length.
  Answer Ask(const std::string& method, const std::string& target, const Headers& headers = {},
             const std::string& body = "");

 private:
  bool Fill();

  int socket_;
  std::string address_;
  std::string buffer_;
};

// The request as bytes.
std::string RequestText(const std::string& method, const std::string& target,
                        const std::string& host, const Headers& headers, const std::string& body);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_TESTING_HTTP_CLIENT_H_
