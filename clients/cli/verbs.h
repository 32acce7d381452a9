// SPDX-License-Identifier: Apache-2.0
// The one list of verb groups; each stands in a file of its own and registers below `cli.app`.
// Offline groups (clients/cli/offline) run an engine on plain files, without a server.
#ifndef REPRISE_CLI_VERBS_H_
#define REPRISE_CLI_VERBS_H_

#include "clients/cli/cli.h"

namespace reprise::cli {

// All of them, in the order in which help lists them.
void AddAllVerbs(Cli& cli);
// Gives offline verbs registered before, which have none of their own, an example below their help.
void AddMissingExamples(Cli& cli);

void AddVersionVerb(Cli& cli);
void AddCompletionVerb(Cli& cli);

// With a server.
void AddCallVerb(Cli& cli);
void AddLoginVerbs(Cli& cli);
void AddUserVerbs(Cli& cli);
void AddStudyVerbs(Cli& cli);
void AddParticipantVerbs(Cli& cli);
void AddQuestionnaireVerbs(Cli& cli);
void AddAuditVerbs(Cli& cli);

// Offline.
void AddStatsVerbs(Cli& cli);
void AddRandomiseVerbs(Cli& cli);
void AddAnonymiseVerbs(Cli& cli);
// After AddAnonymiseVerbs: `guard` and `prepare` go below its `anonymise`.
void AddRiskVerbs(Cli& cli);
void AddExpressionVerbs(Cli& cli);
void AddInstrumentVerbs(Cli& cli);
void AddEndpointVerbs(Cli& cli);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_VERBS_H_
