// SPDX-License-Identifier: Apache-2.0
// The verbs below `reprise instrument`, one function a file.
#ifndef REPRISE_CLI_OFFLINE_INSTRUMENT_VERBS_OF_INSTRUMENT_H_
#define REPRISE_CLI_OFFLINE_INSTRUMENT_VERBS_OF_INSTRUMENT_H_

#include <string>

#include "clients/cli/cli.h"
#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::cli {

void AddScoreVerb(Cli& cli, CLI::App& group);
void AddImportVerb(Cli& cli, CLI::App& group);
void AddExportVerb(Cli& cli, CLI::App& group);
void AddWordingVerbs(Cli& cli, CLI::App& group);

// The instrument as a person reads it, in `fr` or `en`; what has no words in that language is
// shown by its code.
std::string ShowInstrument(const instrument::Instrument& instrument, const std::string& language);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_INSTRUMENT_VERBS_OF_INSTRUMENT_H_
