// SPDX-License-Identifier: Apache-2.0
#include "services/extract/module.h"

#include "services/extract/handler/handlers.h"
#include "services/extract/service.h"
#include "services/extract/store/request_store.h"

namespace reprise::extract {
namespace {

class Module final : public runtime::Module {
 public:
  explicit Module(runtime::Environment& environment)
      : handlers_(environment.database("extract", Constraints()),
                  environment.secrets.Get(runtime::kExtractKey)),
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

}  // namespace reprise::extract
