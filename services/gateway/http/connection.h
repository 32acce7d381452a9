// SPDX-License-Identifier: Apache-2.0
// One client connection: reads a request within its limits and time, hands it to the handler, writes
// the answer, and so on until somebody ends. While an answer is being made it also watches whether
// the client is still there. Lives on one thread; keeps itself alive while it has work.
#ifndef REPRISE_GATEWAY_HTTP_CONNECTION_H_
#define REPRISE_GATEWAY_HTTP_CONNECTION_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"

#include "services/gateway/http/exchange.h"
#include "services/gateway/http/request_reader.h"
#include "services/gateway/http/transport.h"

namespace reprise::gateway {

// How connections are served; the same for all of a server. Outlives them.
struct Service {
  RequestReader::Limits limits;
  absl::Duration header_time;  // from a request's first byte to the end of its head; TLS handshake too
  absl::Duration body_time;    // for the body
  absl::Duration idle_time;    // between requests
  absl::Duration write_time;   // for the client to take one piece of an answer
  Handler handle;
  // A request that cannot be read; the status is 400, 413, 417 or 431.
  std::function<void(const std::shared_ptr<Exchange>&, int status)> refuse;
  // An exchange is over. `status` 0: the client went before the answer began.
  std::function<void(const Record&, int status, size_t bytes, absl::Duration took)> finished;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::io_context& thread, std::unique_ptr<Transport> transport,
             const Service& service, std::string client, bool secure);
  ~Connection();
  void Start();
  // No further request: ends now where none is under way, else after the answer.
  void Retire();
  void Close();
  // Called when the connection is closed; on its thread.
  void OnClosed(std::function<void()> closed) { closed_ = std::move(closed); }

 private:
  class Turn;
  enum class State { kIdle, kReading, kAnswering, kLingering, kClosed };

  void AwaitRequest();
  void Read();
  void OnRead(bool ok);
  void Parse();
  void BeginTurn(bool refused);
  void Queue(std::string bytes, std::function<void()> written);
  void WriteNext();
  void EndTurn();
  void Linger();
  void Arm(absl::Duration after);
  void Disarm();

  boost::asio::io_context& thread_;
  const std::unique_ptr<Transport> transport_;
  const Service& service_;
  const std::string client_;
  const bool secure_;
  boost::asio::steady_timer timer_;
  std::function<void()> closed_;
  State state_ = State::kIdle;
  std::string buffer_;
  std::optional<RequestReader> reader_;
  bool reading_ = false;
  bool in_body_ = false;
  bool last_ = false;  // no request after this one
  size_t lingered_ = 0;
  std::shared_ptr<Turn> turn_;
  std::deque<std::pair<std::string, std::function<void()>>> out_;
};

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_CONNECTION_H_
