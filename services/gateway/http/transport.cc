// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "services/gateway/http/transport.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::gateway {

struct TlsContext::Inner {
  boost::asio::ssl::context context{boost::asio::ssl::context::tls_server};
};

namespace {

using boost::asio::ip::tcp;
using Error = boost::system::error_code;

tcp::socket& SocketOf(tcp::socket& stream) { return stream; }
tcp::socket& SocketOf(boost::asio::ssl::stream<tcp::socket>& stream) { return stream.next_layer(); }

template <typename Stream>
class StreamTransport final : public Transport {
 public:
  template <typename... Parts>
  explicit StreamTransport(Parts&&... parts) : stream_(std::forward<Parts>(parts)...) {
    Error ignored;
    SocketOf(stream_).set_option(tcp::no_delay(true), ignored);
  }

  void Handshake(Done done) override {
    if constexpr (std::is_same_v<Stream, tcp::socket>) {
      done(true);
    } else {
      stream_.async_handshake(boost::asio::ssl::stream_base::server,
                              [done = std::move(done)](const Error& error) { done(!error); });
    }
  }

  void ReadSome(std::string& buffer, Done done) override {
    stream_.async_read_some(
        boost::asio::buffer(chunk_),
        [this, &buffer, done = std::move(done)](const Error& error, size_t count) {
          if (!error) buffer.append(chunk_.data(), count);
          done(!error);
        });
  }

  void Write(const std::string& bytes, Done done) override {
    boost::asio::async_write(stream_, boost::asio::buffer(bytes),
                             [done = std::move(done)](const Error& error, size_t) { done(!error); });
  }

  void EndWriting(Done done) override {
    Error ignored;
    SocketOf(stream_).shutdown(tcp::socket::shutdown_send, ignored);
    done(!ignored);
  }

  void Close() override {
    Error ignored;
    SocketOf(stream_).close(ignored);
  }

 private:
  Stream stream_;
  std::array<char, 16 << 10> chunk_;
};

}  // namespace

TlsContext::TlsContext(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}
TlsContext::~TlsContext() = default;

absl::StatusOr<std::shared_ptr<TlsContext>> TlsContext::Load(const std::string& certificate_file,
                                                             const std::string& key_file) {
  auto inner = std::make_unique<Inner>();
  inner->context.set_options(
      boost::asio::ssl::context::no_sslv2 | boost::asio::ssl::context::no_sslv3 |
      boost::asio::ssl::context::no_tlsv1 | boost::asio::ssl::context::no_tlsv1_1 |
      boost::asio::ssl::context::single_dh_use);
  Error error;
  const std::string* file = &certificate_file;
  inner->context.use_certificate_chain_file(certificate_file, error);
  if (!error) {
    file = &key_file;
    inner->context.use_private_key_file(key_file, boost::asio::ssl::context::pem, error);
  }
  if (error) {
    return error::Make(absl::StatusCode::kFailedPrecondition, "TLS_FILE_UNUSABLE",
                       absl::StrCat("The TLS file ", *file, " cannot be used."), {{"file", *file}});
  }
  return std::make_shared<TlsContext>(std::move(inner));
}

std::unique_ptr<Transport> MakeTransport(tcp::socket socket, TlsContext* tls) {
  if (tls == nullptr) return std::make_unique<StreamTransport<tcp::socket>>(std::move(socket));
  return std::make_unique<StreamTransport<boost::asio::ssl::stream<tcp::socket>>>(
      std::move(socket), tls->inner().context);
}

}  // namespace reprise::gateway
