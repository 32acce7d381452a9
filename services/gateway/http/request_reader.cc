// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "absl/strings/ascii.h"

namespace reprise::gateway {
namespace {

namespace http = boost::beast::http;

// The end of a chunked body, "0 CRLF CRLF". Beast 1.74 ends the process when it has seen the first
// line of it and is then asked again with less than all of it, so it gets no shorter piece; whatever
// comes before that end is followed by it, so that waiting costs nothing.
constexpr size_t kChunkedEnd = 5;

int RefusalOf(const boost::beast::error_code& error) {
  if (error == http::error::header_limit) return 431;
  if (error == http::error::body_limit) return 413;
  return 400;
}

}  // namespace

struct RequestReader::Parser : http::request_parser<http::string_body> {};

RequestReader::RequestReader(Limits limits) : parser_(std::make_unique<Parser>()) {
  parser_->eager(true);
  parser_->header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  parser_->body_limit(limits.body_bytes);
}

RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::Feed(std::string& bytes) {
  if (refusal_ != 0) return State::kRefused;
  boost::beast::error_code error;
  size_t taken = 0;
  // The parser stops at a buffer's end and at the end of each part, so it is asked until it has no more.
  while (!parser_->is_done() && taken < bytes.size()) {
    const bool in_chunks = parser_->is_header_done() && parser_->chunked();
    if (in_chunks && bytes.size() - taken < kChunkedEnd) break;
    const size_t step =
        parser_->put(boost::asio::buffer(bytes.data() + taken, bytes.size() - taken), error);
    taken += step;
    if (error == http::error::need_more) break;
    if (error) {
      refusal_ = RefusalOf(error);
      return State::kRefused;
    }
    if (step == 0) break;
  }
  bytes.erase(0, taken);
  if (!parser_->is_header_done()) return State::kHead;
  const auto expect = parser_->get()[http::field::expect];
  if (!expect.empty() && !boost::beast::iequals(expect, "100-continue")) {
    refusal_ = 417;
    return State::kRefused;
  }
  return parser_->is_done() ? State::kDone : State::kBody;
}

bool RequestReader::ExpectsContinue() const {
  return parser_->is_header_done() && parser_->get().version() >= 11 &&
         !parser_->get()[http::field::expect].empty();
}

Request RequestReader::Take() {
  auto& message = parser_->get();
  Request request;
  const auto method = message.method_string();
  request.method.assign(method.data(), method.size());
  request.target.assign(message.target().data(), message.target().size());
  for (const auto& field : message) {
    const auto name = field.name_string();
    const auto value = field.value();
    request.headers.emplace_back(
        absl::AsciiStrToLower(absl::string_view(name.data(), name.size())),
        std::string(value.data(), value.size()));
  }
  request.http10 = message.version() < 11;
  request.keep_alive = refusal_ == 0 && message.keep_alive();
  request.body = std::move(message.body());
  return request;
}

}  // namespace reprise::gateway
