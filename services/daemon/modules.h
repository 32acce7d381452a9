// SPDX-License-Identifier: Apache-2.0
// The one list of services.
#ifndef REPRISE_DAEMON_MODULES_H_
#define REPRISE_DAEMON_MODULES_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "services/platform/runtime/module.h"

namespace reprise::daemon {

struct ModuleEntry {
  std::string name;           // as in --services
  std::string proto_service;  // full name
  std::function<std::unique_ptr<runtime::Module>(runtime::Environment&)> make;
};

const std::vector<ModuleEntry>& AllModules();

// What one process hosts.
struct Selection {
  std::vector<ModuleEntry> modules = AllModules();
  bool gateway = true;  // where its configuration has an address
};

// What `services` names: `all`, or names with commas between them, `gateway` among them.
//   INVALID_ARGUMENT SERVICE_UNKNOWN
absl::StatusOr<Selection> SelectModules(const std::string& services);

}  // namespace reprise::daemon

#endif  // REPRISE_DAEMON_MODULES_H_
