// SPDX-License-Identifier: Apache-2.0
// The access service as the daemon hosts it.
#ifndef REPRISE_ACCESS_MODULE_H_
#define REPRISE_ACCESS_MODULE_H_

#include <memory>

#include "services/platform/runtime/module.h"

namespace reprise::access {

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_MODULE_H_
