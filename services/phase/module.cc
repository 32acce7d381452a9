// SPDX-License-Identifier: Apache-2.0
#include "services/phase/module.h"

#include "services/phase/handler/handlers.h"
#include "services/phase/service.h"
#include "services/phase/store/course_store.h"

namespace reprise::phase {
namespace {

class Module final : public runtime::Module {
 public:
  explicit Module(runtime::Environment& environment)
      : handlers_(environment.database("phase", Constraints()), ShippedBooks()),
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

}  // namespace reprise::phase
