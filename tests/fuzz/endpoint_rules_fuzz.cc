// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes of a definition file (first byte 'D') or of one rule file beside our texts:
// an error with a place, or rules that a leave can be judged by.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/phase/domain/endpoint/definition.h"
#include "services/phase/domain/endpoint/derive.h"
#include "services/phase/domain/legal/milestone.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise {
namespace {

void CheckError(const absl::Status& status) {
  REPRISE_CHECK(status.code() == absl::StatusCode::kInvalidArgument);
  REPRISE_CHECK(!error::DetailOf(status).violations.empty());
}

void CheckDefinitions(const std::string& bytes) {
  const auto definitions = endpoint::ParseDefinitions(bytes, "d.yaml");
  if (!definitions.ok()) return CheckError(definitions.status());
  endpoint::Participant participant;
  participant.index_day = 0;
  participant.obs_end_day = 400;
  endpoint::Episode episode;
  episode.end_day = 300;
  episode.status = endpoint::WorkStatus::kWork;
  episode.fraction[0] = 0.5;
  for (const endpoint::Definition& d : *definitions) {
    endpoint::DeriveReturn(participant, {episode}, d);
    endpoint::DeriveAbsence(participant, {episode}, d);
    REPRISE_CHECK(endpoint::DefinitionHash(d).size() == 64);
  }
}

void CheckRules(const std::string& bytes) {
  // First, so that most inputs are refused before our texts are read.
  std::vector<legal::RuleFile> files = {{.name = "fuzzed.yaml", .bytes = bytes}};
  for (legal::RuleFile& file : legal::ShippedRules()) {
    if (file.name == "texts.yaml") files.push_back(std::move(file));
  }
  const auto book = legal::ParseRules(files);
  if (!book.ok()) return CheckError(book.status());
  legal::Prescription leave;
  leave.start = absl::CivilDay(2026, 7, 1);
  leave.end = absl::CivilDay(2026, 10, 1);
  legal::Event back;
  back.date = absl::CivilDay(2026, 10, 5);
  const auto derived =
      legal::DeriveMilestones(*book, {{leave}, {back}}, absl::CivilDay(2026, 11, 21));
  REPRISE_CHECK(derived.size() == 1);
}

}  // namespace
}  // namespace reprise

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  if (data[0] == 'D') {
    reprise::CheckDefinitions(bytes);
  } else {
    reprise::CheckRules(bytes);
  }
  return 0;
}
