// SPDX-License-Identifier: Apache-2.0
// A client's connection as a pipe of bytes, plain or under TLS, so that only one file pays for both.
// Each callback comes on the connection's thread, once; after Close with false.
#ifndef REPRISE_GATEWAY_HTTP_TRANSPORT_H_
#define REPRISE_GATEWAY_HTTP_TRANSPORT_H_

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace reprise::gateway {

class Transport {
 public:
  using Done = std::function<void(bool ok)>;
  virtual ~Transport() = default;
  virtual void Handshake(Done done) = 0;
  // Appends what has come, at most 16 KiB. One read and one write may be under way together.
  virtual void ReadSome(std::string& buffer, Done done) = 0;
  // All of `bytes`, which the caller keeps until then.
  virtual void Write(const std::string& bytes, Done done) = 0;
  // Tells the other end that nothing more comes.
  virtual void EndWriting(Done done) = 0;
  virtual void Close() = 0;
};

// Certificate and key of a TLS server; TLS 1.2 and later.
class TlsContext {
 public:
  // FAILED_PRECONDITION TLS_FILE_UNUSABLE names the file that holds no such thing.
  static absl::StatusOr<std::shared_ptr<TlsContext>> Load(const std::string& certificate_file,
                                                          const std::string& key_file);
  struct Inner;
  explicit TlsContext(std::unique_ptr<Inner> inner);
  ~TlsContext();
  Inner& inner() { return *inner_; }

 private:
  std::unique_ptr<Inner> inner_;
};

// `tls` null: plain. It outlives the transport.
std::unique_ptr<Transport> MakeTransport(boost::asio::ip::tcp::socket socket, TlsContext* tls);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_TRANSPORT_H_
