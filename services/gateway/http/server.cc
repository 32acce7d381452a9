// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "services/gateway/http/server.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "services/gateway/http/client_address.h"
#include "services/platform/error/error.h"

namespace reprise::gateway {

using boost::asio::ip::tcp;
using Error = boost::system::error_code;

struct Server::Inner {
  // One thread and the connections that live on it.
  struct Loop {
    boost::asio::io_context context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
        context.get_executor()};
    std::unordered_set<std::shared_ptr<Connection>> connections;  // only on its thread
    std::thread thread;
  };

  Inner(Options given, const Service& served) : options(std::move(given)), service(served) {
    for (int i = 0; i < std::max(1, options.threads); ++i) {
      loops.push_back(std::make_unique<Loop>());
    }
    acceptor = std::make_unique<tcp::acceptor>(loops[0]->context);
  }

  absl::Status Listen();
  void Accept();
  void Welcome(Loop& loop, tcp::socket socket);
  // Whether there is room for one more of this client; then it is counted.
  bool Enter(const std::string& client);
  void Leave(const std::string& client);

  const Options options;
  const Service& service;
  std::vector<std::unique_ptr<Loop>> loops;
  std::unique_ptr<tcp::acceptor> acceptor;
  std::string address;
  size_t turn = 0;
  mutable std::mutex mutex;
  std::condition_variable emptied;
  int open = 0;
  bool draining = false;
  std::map<std::string, int> by_client;
};

absl::Status Server::Inner::Listen() {
  const size_t colon = options.address.rfind(':');
  int port = -1;
  std::string host = options.address.substr(0, colon);
  if (host.size() > 1 && host.front() == '[') host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  Error error;
  const auto ip = boost::asio::ip::make_address(host, error);
  if (colon == std::string::npos || error ||
      !absl::SimpleAtoi(options.address.substr(colon + 1), &port) || port < 0 || port > 65535) {
    return error::Make(absl::StatusCode::kFailedPrecondition, "ADDRESS_UNAVAILABLE",
                       absl::StrCat("gateway.address is not an address and port: ",
                                    options.address, "."));
  }
  const tcp::endpoint endpoint(ip, static_cast<unsigned short>(port));
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(1024, error);
  if (error) {
    return error::Make(absl::StatusCode::kFailedPrecondition, "ADDRESS_UNAVAILABLE",
                       absl::StrCat("The address ", options.address, " cannot be listened on."));
  }
  address = absl::StrCat(options.address.substr(0, colon), ":", acceptor->local_endpoint().port());
  return absl::OkStatus();
}

void Server::Inner::Accept() {
  Loop& loop = *loops[turn++ % loops.size()];
  acceptor->async_accept(loop.context, [this, &loop](const Error& error, tcp::socket socket) {
    if (!acceptor->is_open()) return;
    if (!error) {
      boost::asio::post(loop.context, [this, &loop, socket = std::move(socket)]() mutable {
        Welcome(loop, std::move(socket));
      });
      return Accept();
    }
    // Out of file descriptors or the like: not a reason to spin, nor to stop listening.
    auto timer = std::make_shared<boost::asio::steady_timer>(loops[0]->context);
    timer->expires_after(std::chrono::milliseconds(50));
    timer->async_wait([this, timer](const Error&) {
      if (acceptor->is_open()) Accept();
    });
  });
}

void Server::Inner::Welcome(Loop& loop, tcp::socket socket) {
  Error error;
  const tcp::endpoint peer = socket.remote_endpoint(error);
  if (error) return;
  const std::string client = ClientAddress(peer.address().to_string());
  if (!Enter(client)) return;  // closes the socket
  const auto connection = std::make_shared<Connection>(
      loop.context, MakeTransport(std::move(socket), options.tls.get()), service,
      peer.address().to_string(), options.tls != nullptr);
  loop.connections.insert(connection);
  connection->OnClosed([this, &loop, raw = connection.get(), client] {
    const auto at = std::find_if(loop.connections.begin(), loop.connections.end(),
                                 [&](const auto& held) { return held.get() == raw; });
    // Not destroyed under its own feet.
    boost::asio::post(loop.context, [held = *at] {});
    loop.connections.erase(at);
    Leave(client);
  });
  connection->Start();
}

bool Server::Inner::Enter(const std::string& client) {
  const std::lock_guard<std::mutex> lock(mutex);
  if (draining || open >= options.max_connections) return false;
  const bool proxy = std::count(options.trusted_proxies.begin(), options.trusted_proxies.end(),
                                client) > 0;
  int& held = by_client[client];
  if (!proxy && held >= options.max_connections_per_client) return false;
  ++held;
  ++open;
  return true;
}

void Server::Inner::Leave(const std::string& client) {
  const std::lock_guard<std::mutex> lock(mutex);
  if (--by_client[client] == 0) by_client.erase(client);
  if (--open == 0) emptied.notify_all();
}

Server::Server(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}
Server::~Server() { Drain(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(Options options, const Service& service) {
  auto inner = std::make_unique<Inner>(std::move(options), service);
  if (absl::Status status = inner->Listen(); !status.ok()) return status;
  inner->Accept();
  for (auto& loop : inner->loops) {
    loop->thread = std::thread([context = &loop->context] { context->run(); });
  }
  return std::unique_ptr<Server>(new Server(std::move(inner)));
}

const std::string& Server::address() const { return inner_->address; }

int Server::connections() const {
  const std::lock_guard<std::mutex> lock(inner_->mutex);
  return inner_->open;
}

void Server::Drain(absl::Duration grace) {
  Inner& inner = *inner_;
  {
    const std::lock_guard<std::mutex> lock(inner.mutex);
    if (inner.draining) return;
    inner.draining = true;
  }
  boost::asio::post(inner.loops[0]->context, [&inner] {
    Error ignored;
    inner.acceptor->close(ignored);
  });
  const auto each = [&inner](void (Connection::*act)()) {
    for (auto& loop : inner.loops) {
      boost::asio::post(loop->context, [held = loop.get(), act] {
        const auto connections = held->connections;  // acting changes the set
        for (const auto& connection : connections) (connection.get()->*act)();
      });
    }
  };
  const auto empty = [&inner] { return inner.open == 0; };
  each(&Connection::Retire);
  std::unique_lock<std::mutex> lock(inner.mutex);
  inner.emptied.wait_for(lock, absl::ToChronoMilliseconds(grace), empty);
  lock.unlock();
  each(&Connection::Close);
  lock.lock();
  inner.emptied.wait(lock, empty);
  lock.unlock();
  for (auto& loop : inner.loops) {
    loop->work.reset();
    loop->context.stop();
    loop->thread.join();
  }
}

}  // namespace reprise::gateway
