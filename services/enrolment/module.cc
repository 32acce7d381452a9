// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/module.h"

#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/service.h"
#include "services/enrolment/store/participant_store.h"

namespace reprise::enrolment {
namespace {

class Module final : public runtime::Module {
 public:
  explicit Module(runtime::Environment& environment)
      : handlers_(environment.database("enrolment", Constraints()),
                  Vault(environment.secrets.Get(runtime::kVaultKey),
                        environment.secrets.Get(runtime::kMatchKey))),
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

}  // namespace reprise::enrolment
