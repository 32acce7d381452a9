// SPDX-License-Identifier: Apache-2.0
// One HTTP/2 connection that speaks gRPC, for the load driver: calls with one request and one answer, of which only
// the status is kept. Not gRPC's own client, because that takes a tenth of the machine that is to be measured.
// One thread.
#ifndef REPRISE_TESTS_BENCH_SUBMIT_CONNECTION_H_
#define REPRISE_TESTS_BENCH_SUBMIT_CONNECTION_H_

#include <nghttp2/nghttp2.h>

#include <deque>
#include <string>
#include <unordered_set>

namespace reprise::bench {

class Connection {
 public:
  struct Ended {
    void* tag = nullptr;
    int status = 14;  // grpc-status; UNAVAILABLE where the connection broke
    std::string message = {};
    bool ok() const { return status == 0; }
  };

  // `server` is unix:PATH or HOST:PORT. Ends the program where nobody listens.
  Connection(const std::string& server, const std::string& token);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // `path` is /SERVICE/METHOD, `message` the request's bytes.
  void Start(const std::string& path, const std::string& message, void* tag);
  // Waits for the next call that ends; one must be under way.
  Ended Next();

 private:
  struct Call {
    Ended ended;
    std::string framed;  // the message behind gRPC's five bytes
    size_t sent = 0;
  };
  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name, size_t name_length,
                      const uint8_t* value, size_t value_length, uint8_t flags, void* self);
  static int OnClose(nghttp2_session*, int32_t stream, uint32_t error, void* self);
  static ssize_t ReadCall(nghttp2_session*, int32_t stream, uint8_t* out, size_t room, uint32_t* flags,
                          nghttp2_data_source* source, void* self);
  bool Send();
  bool Receive();
  void End(Call* call);

  int socket_ = -1;
  nghttp2_session* session_ = nullptr;
  const std::string authorization_;
  std::string unsent_;
  std::unordered_set<Call*> under_way_;
  std::deque<Ended> ended_;
};

}  // namespace reprise::bench

#endif  // REPRISE_TESTS_BENCH_SUBMIT_CONNECTION_H_
