// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/module.h"

#include "services/cohort/handler/handlers.h"
#include "services/cohort/service.h"
#include "services/cohort/store/list_store.h"

namespace reprise::cohort {
namespace {

class Module final : public runtime::Module {
 public:
  explicit Module(runtime::Environment& environment)
      : handlers_(environment.database("cohort", Constraints()),
                  environment.secrets.Get(runtime::kAllocationKey)),
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

}  // namespace reprise::cohort
