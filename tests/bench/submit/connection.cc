// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/submit/connection.h"

#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace reprise::bench {
namespace {

constexpr int32_t kWindow = 1 << 24;  // so that pages are not waited for

int ConnectUnix(const std::string& path) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const int made = ::socket(AF_UNIX, SOCK_STREAM, 0);
  return ::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? made : -1;
}

int ConnectTcp(const std::string& host, const std::string& port) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return -1;
  const int made = ::socket(found->ai_family, found->ai_socktype, 0);
  const int connected = ::connect(made, found->ai_addr, found->ai_addrlen);
  ::freeaddrinfo(found);
  const int at_once = 1;
  ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  return connected == 0 ? made : -1;
}

int Connect(const std::string& server) {
  if (server.rfind("unix:", 0) == 0) return ConnectUnix(server.substr(5));
  const size_t colon = server.rfind(':');
  return ConnectTcp(server.substr(0, colon), server.substr(colon + 1));
}

nghttp2_nv Header(std::string_view name, std::string_view value) {
  const auto bytes = [](std::string_view text) {
    return const_cast<uint8_t*>(reinterpret_cast<const uint8_t*>(text.data()));
  };
  return {bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

}  // namespace

Connection::Connection(const std::string& server, const std::string& token)
    : socket_(Connect(server)), authorization_("Bearer " + token) {
  if (socket_ < 0) {
    std::fprintf(stderr, "nobody listens on %s\n", server.c_str());
    std::exit(1);
  }
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, &OnHeader);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &OnClose);
  nghttp2_session_client_new(&session_, callbacks, this);
  nghttp2_session_callbacks_del(callbacks);
  const nghttp2_settings_entry window{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kWindow};
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, &window, 1);
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, kWindow);
}

Connection::~Connection() {
  nghttp2_session_del(session_);
  for (Call* const call : under_way_) delete call;
  ::close(socket_);
}

void Connection::Start(const std::string& path, const std::string& message, void* tag) {
  auto* const call = new Call{.ended = {.tag = tag}, .framed = std::string(5, '\0')};
  for (int byte = 0; byte < 4; ++byte) call->framed[4 - byte] = static_cast<char>(message.size() >> (8 * byte));
  call->framed += message;
  const std::array<nghttp2_nv, 7> headers = {
      Header(":method", "POST"), Header(":scheme", "http"), Header(":path", path), Header(":authority", "localhost"),
      Header("te", "trailers"), Header("content-type", "application/grpc"), Header("authorization", authorization_)};
  const nghttp2_data_provider body{.source = {.ptr = call}, .read_callback = &ReadCall};
  under_way_.insert(call);
  if (nghttp2_submit_request(session_, nullptr, headers.data(), headers.size(), &body, call) < 0) End(call);
}

Connection::Ended Connection::Next() {
  while (ended_.empty()) {
    if (Send() && Receive()) continue;
    while (!under_way_.empty()) End(*under_way_.begin());
  }
  Ended next = std::move(ended_.front());
  ended_.pop_front();
  return next;
}

int Connection::OnHeader(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                         size_t name_length, const uint8_t* value, size_t value_length, uint8_t, void*) {
  auto* const call = static_cast<Call*>(nghttp2_session_get_stream_user_data(session, frame->hd.stream_id));
  if (call == nullptr) return 0;
  const std::string_view key(reinterpret_cast<const char*>(name), name_length);
  const std::string text(reinterpret_cast<const char*>(value), value_length);
  if (key == "grpc-status") call->ended.status = std::atoi(text.c_str());
  if (key == "grpc-message") call->ended.message = text;
  return 0;
}

int Connection::OnClose(nghttp2_session* session, int32_t stream, uint32_t error, void* self) {
  auto* const call = static_cast<Call*>(nghttp2_session_get_stream_user_data(session, stream));
  if (call == nullptr) return 0;
  if (error != NGHTTP2_NO_ERROR) call->ended.status = 14;
  static_cast<Connection*>(self)->End(call);
  return 0;
}

ssize_t Connection::ReadCall(nghttp2_session*, int32_t, uint8_t* out, size_t room, uint32_t* flags,
                             nghttp2_data_source* source, void*) {
  auto* const call = static_cast<Call*>(source->ptr);
  const size_t taken = call->framed.copy(reinterpret_cast<char*>(out), room, call->sent);
  call->sent += taken;
  if (call->sent == call->framed.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
  return static_cast<ssize_t>(taken);
}

bool Connection::Send() {
  const uint8_t* bytes = nullptr;
  for (ssize_t made = 0; (made = nghttp2_session_mem_send(session_, &bytes)) > 0;) {
    unsent_.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(made));
  }
  for (size_t sent = 0; sent < unsent_.size();) {
    const ssize_t taken = ::send(socket_, unsent_.data() + sent, unsent_.size() - sent, MSG_NOSIGNAL);
    if (taken <= 0) return false;
    sent += static_cast<size_t>(taken);
  }
  unsent_.clear();
  return true;
}

bool Connection::Receive() {
  std::array<uint8_t, 65536> bytes;
  const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
  return got > 0 && nghttp2_session_mem_recv(session_, bytes.data(), static_cast<size_t>(got)) == got;
}

void Connection::End(Call* call) {
  ended_.push_back(std::move(call->ended));
  under_way_.erase(call);
  delete call;
}

}  // namespace reprise::bench
