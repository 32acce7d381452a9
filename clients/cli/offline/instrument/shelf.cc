// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/instrument/shelf.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

#include "clients/cli/files.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/questionnaire/domain/instrument/bundled.h"
#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::cli {

absl::StatusOr<std::vector<instrument::Instrument>> BundledDefinitions() {
  std::vector<instrument::Instrument> all;
  for (const instrument::BundledFile& file : instrument::BundledInstruments()) {
    REPRISE_ASSIGN_OR_RETURN(instrument::Instrument one,
                             instrument::LoadInstrument(file.bytes, file.name));
    all.push_back(std::move(one));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return all;
}

absl::StatusOr<instrument::Instrument> FindInstrument(const std::string& id_or_file) {
  const std::string stem = absl::AsciiStrToLower(id_or_file);
  for (const instrument::BundledFile& file : instrument::BundledInstruments()) {
    if (stem + ".yaml" == file.name) return instrument::LoadInstrument(file.bytes, file.name);
  }
  const bool is_path = absl::StrContains(id_or_file, '/') || absl::StrContains(id_or_file, '.');
  std::error_code failure;
  if (id_or_file != "-" && !is_path && !std::filesystem::exists(id_or_file, failure)) {
    return error::Make(absl::StatusCode::kNotFound, "INSTRUMENT_NOT_FOUND",
                       "No bundled instrument has this id, and no file this name; "
                       "`reprise instrument list` names them.",
                       {{"instrument", id_or_file}});
  }
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(id_or_file));
  return instrument::LoadInstrument(bytes, id_or_file);
}

}  // namespace reprise::cli
