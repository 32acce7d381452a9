// SPDX-License-Identifier: Apache-2.0
#include "services/study/module.h"

#include "services/study/handler/handlers.h"
#include "services/study/service.h"
#include "services/study/store/study_store.h"

namespace reprise::study {
namespace {

class Module final : public runtime::Module {
 public:
  explicit Module(runtime::Environment& environment)
      : handlers_(environment.database("study", Constraints())),
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

}  // namespace reprise::study
