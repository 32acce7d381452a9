// SPDX-License-Identifier: Apache-2.0
#include "services/access/module.h"

#include "services/access/handler/handlers.h"
#include "services/access/service.h"
#include "services/access/store/account_store.h"

namespace reprise::access {
namespace {

class Module final : public runtime::Module {
 public:
  explicit Module(runtime::Environment& environment)
      : handlers_(environment.database("access", Constraints()),
                  absl::Seconds(environment.config.sessions().absolute_seconds()),
                  Keys(environment.secrets.Get(runtime::kTotpKey)),
                  [&environment](const std::string& session_id) {
                    environment.pipeline.identities().Forget(session_id);
                  }),
        service_(environment.pipeline, handlers_) {}
  grpc::Service& service() override { return service_; }

 private:
  Handlers handlers_;
  Service service_;
};

}  // namespace

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment) {
  return std::make_unique<Module>(environment);
}

}  // namespace reprise::access
