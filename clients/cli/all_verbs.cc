// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/verbs.h"

namespace reprise::cli {

void AddAllVerbs(Cli& cli) {
  cli.app.require_subcommand(1);
  AddLoginVerbs(cli);
  AddUserVerbs(cli);
  AddStudyVerbs(cli);
  AddScreenVerbs(cli);
  AddConsentVerbs(cli);
  AddEnrolVerbs(cli);
  AddParticipantVerbs(cli);
  AddPhaseVerbs(cli);
  AddVisitVerbs(cli);
  AddQuestionnaireVerbs(cli);
  AddCohortVerbs(cli);
  AddExtractVerbs(cli);
  AddDemoVerb(cli);
  AddAuditVerbs(cli);
  AddCallVerb(cli);
  AddStatsVerbs(cli);
  AddRandomiseVerbs(cli);
  AddAnonymiseVerbs(cli);
  AddRiskVerbs(cli);
  AddExpressionVerbs(cli);
  AddInstrumentVerbs(cli);
  AddEndpointVerbs(cli);
  AddCompletionVerb(cli);
  AddVersionVerb(cli);
  AddMissingExamples(cli);
}

}  // namespace reprise::cli
