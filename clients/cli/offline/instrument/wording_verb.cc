// SPDX-License-Identifier: Apache-2.0
// `reprise instrument wording load | check`: the licensed words of an instrument, and the gate.
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/instrument/exchange.h"
#include "clients/cli/offline/instrument/shelf.h"
#include "clients/cli/offline/instrument/verbs_of_instrument.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/time/clock.h"
#include "services/questionnaire/domain/instrument/errors.h"
#include "services/questionnaire/domain/instrument/licence.h"
#include "services/questionnaire/domain/instrument/read.h"
#include "services/questionnaire/domain/instrument/wording.h"
#include "services/questionnaire/domain/instrument/write.h"

namespace reprise::cli {
namespace {

struct WordingCall {
  std::string instrument, format, file, output, language, wording, on;
  std::vector<std::string> names;
  instrument::LicenceRecord record;
};

// Of the machine's clock in Coordinated Universal Time, unless --on says otherwise.
absl::StatusOr<absl::CivilDay> Today(const std::string& on) {
  if (!on.empty()) return ParseDate(on, "--on");
  SystemClock clock;
  return absl::ToCivilDay(clock.Now(), absl::UTCTimeZone());
}

absl::StatusOr<instrument::NameMap> NamesOf(const std::vector<std::string>& pairs) {
  instrument::NameMap names;
  for (const std::string& pair : pairs) {
    const size_t sign = pair.find('=');
    if (sign == std::string::npos || sign == 0) {
      return error::InvalidField("--map", "MAP_MALFORMED", "Write item=field.");
    }
    names[pair.substr(0, sign)] = pair.substr(sign + 1);
  }
  return names;
}

// A source in our own format need not be a whole instrument: only its words are taken.
absl::StatusOr<instrument::Instrument> ReadSource(const WordingCall& call) {
  if (call.format != "yaml") {
    exchange::ImportOptions options;
    options.language = call.language;
    REPRISE_ASSIGN_OR_RETURN(exchange::Imported made, ImportAny(call.format, call.file, options));
    TellReport(made.report);
    return std::move(made.instrument);
  }
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(call.file));
  REPRISE_ASSIGN_OR_RETURN(instrument::Document document,
                           instrument::ReadDocument(bytes, call.file));
  for (error::Violation& fault : document.faults) {
    fault.path = instrument::Locate(document.lines, call.file, fault.path);
  }
  if (!document.faults.empty()) return instrument::WordingInvalid(document.faults);
  return std::move(document.instrument);
}

absl::Status RunLoad(const WordingCall& call) {
  REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument definition,
                           FindInstrument(call.instrument));
  REPRISE_ASSIGN_OR_RETURN(const instrument::NameMap names, NamesOf(call.names));
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay today, Today(call.on));
  REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument source, ReadSource(call));
  REPRISE_ASSIGN_OR_RETURN(instrument::Wording wording,
                           instrument::TakeWording(definition, source, names));
  wording.licence = call.record;
  // Words without a licence that holds are not written anywhere.
  REPRISE_RETURN_IF_ERROR(
      instrument::CheckLicenceGate(definition, &wording, wording.licence, today));
  return WriteFile(call.output, instrument::WriteWording(wording));
}

absl::Status RunCheck(const WordingCall& call) {
  REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument definition,
                           FindInstrument(call.instrument));
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay today, Today(call.on));
  instrument::Wording wording;
  const bool given = !call.wording.empty();
  if (given) {
    REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(call.wording));
    REPRISE_ASSIGN_OR_RETURN(wording, instrument::ReadWording(bytes, call.wording));
  }
  REPRISE_RETURN_IF_ERROR(
      instrument::CheckLicenceGate(definition, given ? &wording : nullptr, wording.licence, today));
  if (!call.output.empty() && given) {
    REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument worded,
                             instrument::ApplyWording(definition, wording));
    REPRISE_RETURN_IF_ERROR(WriteFile(call.output, instrument::WriteYaml(worded)));
  }
  std::cerr << definition.id << ": may be published on " << FormatDate(today) << "\n";
  return absl::OkStatus();
}

void AddLoad(Cli& cli, CLI::App& wording) {
  auto call = std::make_shared<WordingCall>();
  CLI::App* const load = wording.add_subcommand(
      "load",
      "Takes the words of every item and choice from a file of the owner's, by code, and keeps\n"
      "them with the licence. Refused where words are missing or the licence does not hold.");
  load->add_option("--instrument", call->instrument, "id of a bundled instrument, or a file")
      ->required();
  load->add_option("--from", call->format, "yaml, redcap or fhir")
      ->required()
      ->check(CLI::IsMember({"yaml", "redcap", "fhir"}));
  load->add_option("file", call->file, "the file with the words")->required();
  load->add_option("--licence-ref", call->record.reference, "contract or permission")->required();
  load->add_option("--scope", call->record.scope,
                   "study, participants, languages, electronic or not")
      ->required();
  load->add_option("--expiry", call->record.expiry, "last day of the licence, YYYY-MM-DD")
      ->required();
  load->add_option("--output", call->output, "the wording document")->required();
  load->add_option("--lang", call->language, "language of texts that do not say");
  load->add_option("--map", call->names,
                   "item=field, where the file names an item otherwise; repeatable")
      ->allow_extra_args(false);
  load->add_option("--on", call->on, "the day to judge the licence by, default today");
  cli.OnRun(load, [call] { return RunLoad(*call); });
}

void AddCheck(Cli& cli, CLI::App& wording) {
  auto checked = std::make_shared<WordingCall>();
  CLI::App* const check = wording.add_subcommand(
      "check",
      "The licence gate: may the instrument be published on this day? Tells all that is lacking.");
  check->add_option("--instrument", checked->instrument, "id of a bundled instrument, or a file")
      ->required();
  check->add_option("--wording", checked->wording, "a document written by load");
  check->add_option("--on", checked->on, "the day, default today");
  check->add_option("--output", checked->output,
                    "where open: the definition with its words, as YAML");
  cli.OnRun(check, [checked] { return RunCheck(*checked); });
}

}  // namespace

void AddWordingVerbs(Cli& cli, CLI::App& group) {
  CLI::App* const wording =
      group.add_subcommand("wording", "The words of an instrument, under its owner's licence");
  wording->require_subcommand(1);
  AddLoad(cli, *wording);
  AddCheck(cli, *wording);
}

}  // namespace reprise::cli
