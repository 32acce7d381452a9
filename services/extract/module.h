// SPDX-License-Identifier: Apache-2.0
// The extract service as the daemon hosts it.
#ifndef REPRISE_EXTRACT_MODULE_H_
#define REPRISE_EXTRACT_MODULE_H_

#include <memory>

#include "services/platform/runtime/module.h"

namespace reprise::extract {

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_MODULE_H_
