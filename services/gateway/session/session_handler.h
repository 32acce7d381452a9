// SPDX-License-Identifier: Apache-2.0
// /session: logging in, out, and asking who one is, for pages. The token that a service hands out
// goes into an HttpOnly cookie and is taken out of the answer.
//   POST /session                              AccessService.Login with the body as its JSON
//   POST /session/<package.Service>/<Method>   any other method that answers with a session_token
//   GET /session                               AccessService.GetSelf
//   DELETE /session                            AccessService.Logout
#ifndef REPRISE_GATEWAY_SESSION_SESSION_HANDLER_H_
#define REPRISE_GATEWAY_SESSION_SESSION_HANDLER_H_

#include <memory>

#include "services/gateway/http/exchange.h"
#include "services/gateway/rpc/backend.h"
#include "services/gateway/session/caller.h"
#include "services/gateway/session/login_limit.h"

namespace reprise::gateway {

// Thread-safe.
class SessionHandler {
 public:
  // All outlive it.
  SessionHandler(Backend& backend, const Site& site, LoginLimit& limit)
      : backend_(backend), site_(site), limit_(limit) {}
  // Whether the path is one of these.
  static bool Serves(absl::string_view path);
  void Serve(const std::shared_ptr<Exchange>& exchange) const;

 private:
  void Start(const std::shared_ptr<Exchange>& exchange) const;
  void Show(const std::shared_ptr<Exchange>& exchange) const;
  void End(const std::shared_ptr<Exchange>& exchange) const;
  // Ends the session of `token` and waits for nothing.
  void Forget(const Request& request, const std::string& token) const;

  Backend& backend_;
  const Site& site_;
  LoginLimit& limit_;
};

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_SESSION_SESSION_HANDLER_H_
