// SPDX-License-Identifier: Apache-2.0
// The cohort service as the daemon hosts it.
#ifndef REPRISE_COHORT_MODULE_H_
#define REPRISE_COHORT_MODULE_H_

#include <memory>

#include "services/platform/runtime/module.h"

namespace reprise::cohort {

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_MODULE_H_
