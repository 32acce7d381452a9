// SPDX-License-Identifier: Apache-2.0
// The group `reprise legal`, registered by AddEndpointVerbs.
#ifndef REPRISE_CLI_OFFLINE_ENDPOINT_LEGAL_VERBS_H_
#define REPRISE_CLI_OFFLINE_ENDPOINT_LEGAL_VERBS_H_

#include "clients/cli/cli.h"

namespace reprise::cli {

void AddLegalVerbs(Cli& cli);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ENDPOINT_LEGAL_VERBS_H_
