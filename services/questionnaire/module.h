// SPDX-License-Identifier: Apache-2.0
// The questionnaire service as the daemon hosts it.
#ifndef REPRISE_QUESTIONNAIRE_MODULE_H_
#define REPRISE_QUESTIONNAIRE_MODULE_H_

#include <memory>

#include "services/platform/runtime/module.h"

namespace reprise::questionnaire {

std::unique_ptr<runtime::Module> MakeModule(runtime::Environment& environment);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_MODULE_H_
