// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/endpoint/legal_verbs.h"

namespace reprise::cli {

void AddLegalVerbs(Cli&) {}

}  // namespace reprise::cli
