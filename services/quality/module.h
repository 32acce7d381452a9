// SPDX-License-Identifier: Apache-2.0
// The quality service as the daemon hosts it.
#ifndef REPRISE_QUALITY_MODULE_H_
#define REPRISE_QUALITY_MODULE_H_

#include <memory>

#include "services/platform/runtime/module.h"

namespace reprise::quality {

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment);

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_MODULE_H_
