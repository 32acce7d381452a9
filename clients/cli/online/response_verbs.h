// SPDX-License-Identifier: Apache-2.0
// The verbs of `reprise questionnaire` that submit, correct and read answers.
#ifndef REPRISE_CLI_ONLINE_RESPONSE_VERBS_H_
#define REPRISE_CLI_ONLINE_RESPONSE_VERBS_H_

#include "clients/cli/cli.h"

namespace reprise::cli {

void AddResponseVerbs(Cli& cli, CLI::App* group);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_RESPONSE_VERBS_H_
