// SPDX-License-Identifier: Apache-2.0
// Reads one HTTP/1.x request from bytes as they arrive (Boost.Beast's parser), within limits.
//   RequestReader reader({.header_bytes = 16384, .body_bytes = 4194304});
//   while (reader.Feed(buffer) < RequestReader::State::kDone) ReadMoreInto(buffer);
#ifndef REPRISE_GATEWAY_HTTP_REQUEST_READER_H_
#define REPRISE_GATEWAY_HTTP_REQUEST_READER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "services/gateway/http/request.h"

namespace reprise::gateway {

class RequestReader {
 public:
  struct Limits {
    size_t header_bytes;  // request line and headers
    size_t body_bytes;
  };
  enum class State { kHead, kBody, kDone, kRefused };

  explicit RequestReader(Limits limits);
  ~RequestReader();

  // Takes from the front of `bytes` what belongs to the request; what follows it stays.
  State Feed(std::string& bytes);
  // From kBody on: the client waits for "100 Continue" before it sends the body.
  bool ExpectsContinue() const;
  // In kRefused: 400, 413 (body), 417 (expectation) or 431 (headers).
  int refusal() const { return refusal_; }
  // What is known of the request; in kDone all of it.
  Request Take();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  int refusal_ = 0;
};

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_REQUEST_READER_H_
