// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/testing/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/platform/status.h"

namespace reprise::gateway {

std::string Answer::Of(const std::string& name) const {
  const auto at = headers.find(name);
  return at == headers.end() ? "" : at->second;
}

HttpClient::HttpClient(const std::string& address) : address_(address) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REPRISE_CHECK(socket_ >= 0);
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  const int on = 1;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  to.sin_port = htons(static_cast<uint16_t>(std::atoi(address.substr(address.rfind(':') + 1).c_str())));
  REPRISE_CHECK(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
}

HttpClient::~HttpClient() { ::close(socket_); }

void HttpClient::SendBytes(const std::string& bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t n = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return;  // the other end has refused the rest
    sent += static_cast<size_t>(n);
  }
}

bool HttpClient::Fill() {
  char bytes[65536];
  const ssize_t n = ::recv(socket_, bytes, sizeof bytes, 0);
  // Neither answer nor end in time.
  REPRISE_CHECK(n >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK));
  if (n > 0) buffer_.append(bytes, static_cast<size_t>(n));
  return n > 0;
}

std::string HttpClient::ReadSome() {
  if (buffer_.empty()) Fill();
  return std::exchange(buffer_, "");
}

bool HttpClient::Closed() {
  while (Fill()) {
  }
  return true;
}

Answer HttpClient::Read() {
  Answer answer;
  size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill()) return answer;
  }
  const std::vector<std::string> lines = absl::StrSplit(buffer_.substr(0, end), "\r\n");
  buffer_.erase(0, end + 4);
  answer.status = std::atoi(lines[0].substr(9, 3).c_str());
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::pair<std::string, std::string> field = absl::StrSplit(lines[i], absl::MaxSplits(": ", 1));
    answer.headers[absl::AsciiStrToLower(field.first)] = field.second;
  }
  if (answer.status == 100) return Read();
  if (answer.Of("transfer-encoding") == "chunked") {
    for (;;) {
      while (buffer_.find("\r\n") == std::string::npos) {
        if (!Fill()) return answer;
      }
      const size_t size = std::strtoul(buffer_.c_str(), nullptr, 16);
      const size_t begin = buffer_.find("\r\n") + 2;
      while (buffer_.size() < begin + size + 2) {
        if (!Fill()) return answer;
      }
      answer.body += buffer_.substr(begin, size);
      buffer_.erase(0, begin + size + 2);
      if (size == 0) return answer;
    }
  }
  size_t length = 0;
  if (!absl::SimpleAtoi(answer.Of("content-length"), &length)) length = 0;
  while (buffer_.size() < length && Fill()) {
  }
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

std::string RequestText(const std::string& method, const std::string& target,
                        const std::string& host, const Headers& headers, const std::string& body) {
  std::string text = absl::StrCat(method, " ", target, " HTTP/1.1\r\nHost: ", host, "\r\n");
  for (const auto& [name, value] : headers) absl::StrAppend(&text, name, ": ", value, "\r\n");
  if (!body.empty() || method == "POST") absl::StrAppend(&text, "Content-Length: ", body.size(), "\r\n");
  return absl::StrCat(text, "\r\n", body);
}

Answer HttpClient::Ask(const std::string& method, const std::string& target, const Headers& headers,
                       const std::string& body) {
  SendBytes(RequestText(method, target, address_, headers, body));
  return Read();
}

}  // namespace reprise::gateway
