// SPDX-License-Identifier: Apache-2.0
// The enrolment service as the daemon hosts it.
#ifndef REPRISE_ENROLMENT_MODULE_H_
#define REPRISE_ENROLMENT_MODULE_H_

#include <memory>

#include "services/platform/runtime/module.h"

namespace reprise::enrolment {

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_MODULE_H_
