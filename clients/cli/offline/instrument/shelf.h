// SPDX-License-Identifier: Apache-2.0
// Where `reprise instrument` finds definitions: those compiled in, by id, and files.
#ifndef REPRISE_CLI_OFFLINE_INSTRUMENT_SHELF_H_
#define REPRISE_CLI_OFFLINE_INSTRUMENT_SHELF_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::cli {

// All bundled definitions, by id.
absl::StatusOr<std::vector<instrument::Instrument>> BundledDefinitions();

// A bundled id (capitals do not matter), otherwise a file. What looks like neither is
//   NOT_FOUND INSTRUMENT_NOT_FOUND; a file's faults are INVALID_ARGUMENT INSTRUMENT_INVALID.
absl::StatusOr<instrument::Instrument> FindInstrument(const std::string& id_or_file);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_INSTRUMENT_SHELF_H_
