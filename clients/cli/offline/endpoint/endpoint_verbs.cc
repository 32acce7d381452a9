// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/verbs.h"

namespace reprise::cli {

void AddEndpointVerbs(Cli&) {}

}  // namespace reprise::cli
