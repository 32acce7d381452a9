// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/module.h"

#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/service.h"
#include "services/questionnaire/store/instrument_store.h"

namespace reprise::questionnaire {
namespace {

class Module final : public runtime::Module {
 public:
  explicit Module(runtime::Environment& environment)
      : handlers_(environment.database("questionnaire", Constraints())),
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

}  // namespace reprise::questionnaire
