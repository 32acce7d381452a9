// SPDX-License-Identifier: Apache-2.0
// One request and its answer, as a handler holds it. Answer with one Send, or with Begin, any number
// of Write and one End. All but Post belong on the exchange's own thread (Post brings work there);
// after the client has gone, answers go nowhere and no callback but that of OnGone comes.
#ifndef REPRISE_GATEWAY_HTTP_EXCHANGE_H_
#define REPRISE_GATEWAY_HTTP_EXCHANGE_H_

#include <functional>
#include <memory>
#include <string>

#include "services/gateway/http/request.h"
#include "services/gateway/http/response.h"

namespace reprise::gateway {

// What is told of an exchange when it is over: nothing personal, no path, no query.
struct Record {
  std::string route = "other";  // "files", "session", "healthz" or "package.Service/Method"
  std::string code = {};        // status code of an RPC
  std::string reason = {};      // of its error
};

class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual const Request& request() const = 0;
  virtual Record& record() = 0;
  // Runs `work` on the exchange's thread, soon. From any thread.
  virtual void Post(std::function<void()> work) = 0;
  virtual void Send(Response response) = 0;
  // The head of a streamed answer; its body comes by Write.
  virtual void Begin(Response head) = 0;
  virtual void Write(std::string bytes, std::function<void()> written) = 0;
  virtual void End() = 0;
  // Called once if the client goes before the answer has ended.
  virtual void OnGone(std::function<void()> gone) = 0;
};

using Handler = std::function<void(const std::shared_ptr<Exchange>&)>;

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_EXCHANGE_H_
