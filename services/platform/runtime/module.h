// SPDX-License-Identifier: Apache-2.0
// What a service gives to the daemon and gets from it. The daemon holds the one list of modules;
// modules know nothing of each other.
#ifndef REPRISE_PLATFORM_RUNTIME_MODULE_H_
#define REPRISE_PLATFORM_RUNTIME_MODULE_H_

#include <grpcpp/impl/service_type.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/types/span.h"
#include "reprise/platform/v1/config.pb.h"

#include "services/platform/db/database.h"
#include "services/platform/rpc/pipeline.h"
#include "services/platform/runtime/secrets.h"
#include "services/platform/time/clock.h"

namespace reprise::runtime {

// Outlives its module.
struct Environment {
  const platform::v1::Config& config;
  const Secrets& secrets;
  rpc::Pipeline& pipeline;
  Clock& clock;
  IdSource& ids;
  // The database as `reprise_<service>`; lives as long as the environment.
  std::function<db::Database&(const std::string& service,
                              absl::Span<const db::ConstraintReason> constraints)>
      database;
};

class Module {
 public:
  virtual ~Module() = default;
  virtual grpc::Service& service() = 0;
  // Background work, between Start and Stop. Most modules have none.
  virtual void Start() {}
  virtual void Stop() {}
};

}  // namespace reprise::runtime

#endif  // REPRISE_PLATFORM_RUNTIME_MODULE_H_
