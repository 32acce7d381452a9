// SPDX-License-Identifier: Apache-2.0
// The study service as the daemon hosts it.
#ifndef REPRISE_STUDY_MODULE_H_
#define REPRISE_STUDY_MODULE_H_

#include <memory>

#include "services/platform/runtime/module.h"

namespace reprise::study {

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment);

}  // namespace reprise::study

#endif  // REPRISE_STUDY_MODULE_H_
