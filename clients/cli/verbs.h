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
void AddScreenVerbs(Cli& cli);
void AddConsentVerbs(Cli& cli);
void AddEnrolVerbs(Cli& cli);
void AddPhaseVerbs(Cli& cli);
void AddVisitVerbs(Cli& cli);
void AddCohortVerbs(Cli& cli);
void AddExtractVerbs(Cli& cli);
void AddDemoVerb(Cli& cli);
// Below groups that stand already: `user`, `study`, `participant` and `questionnaire`.
void AddFactorVerbs(Cli& cli, CLI::App* group);
void AddRescueVerbs(Cli& cli, CLI::App* group);
void AddLinkVerbs(Cli& cli, CLI::App* group);
void AddProtocolVerbs(Cli& cli, CLI::App* group);
void AddCourseOfParticipantVerbs(Cli& cli, CLI::App* group);
void AddOccasionVerbs(Cli& cli, CLI::App* group);
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
