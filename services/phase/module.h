// SPDX-License-Identifier: Apache-2.0
// The phase service as the daemon hosts it.
#ifndef REPRISE_PHASE_MODULE_H_
#define REPRISE_PHASE_MODULE_H_

#include <memory>

#include "services/platform/runtime/module.h"

namespace reprise::phase {

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_MODULE_H_
