// SPDX-License-Identifier: Apache-2.0
#include "services/quality/module.h"

#include "services/quality/handler/handlers.h"
#include "services/quality/sealer.h"
#include "services/quality/service.h"
#include "services/quality/store/audit_store.h"

namespace reprise::quality {
namespace {

class Module final : public runtime::Module {
 public:
  explicit Module(runtime::Environment& environment)
      : database_(environment.database("quality", Constraints())),
        audit_key_(environment.secrets.Get(runtime::kAuditKey)),
        seal_key_(environment.secrets.Get(runtime::kSealKey)),
        sealer_(database_, environment.clock, environment.ids, audit_key_, seal_key_,
                absl::Milliseconds(environment.config.audit().seal_milliseconds())),
        handlers_(database_, audit_key_, seal_key_),
        service_(environment.pipeline, handlers_) {}
  grpc::Service& service() override { return service_; }
  void Start() override { sealer_.Start(); }
  void Stop() override { sealer_.Stop(); }

 private:
  db::Database& database_;
  const absl::string_view audit_key_;
  const SealKey seal_key_;
  Sealer sealer_;
  Handlers handlers_;
  Service service_;
};

}  // namespace

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment) {
  return std::make_unique<Module>(environment);
}

}  // namespace reprise::quality
