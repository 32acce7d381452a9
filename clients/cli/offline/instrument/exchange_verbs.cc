// SPDX-License-Identifier: Apache-2.0
// `reprise instrument import | export`: other formats in and out, with a report of what became of
// each construct.
#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/instrument/exchange.h"
#include "clients/cli/offline/instrument/shelf.h"
#include "clients/cli/offline/instrument/verbs_of_instrument.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"
#include "services/questionnaire/domain/exchange/fhir.h"
#include "services/questionnaire/domain/exchange/redcap.h"
#include "services/questionnaire/domain/instrument/write.h"

namespace reprise::cli {
namespace {

struct ImportCall {
  std::string format, file, output, report;
  exchange::ImportOptions options;
};

struct ExportCall {
  std::string format, instrument, output, report, language;
};

std::string ReportCsv(const exchange::Report& report) {
  std::string csv = text::FormatCsvRow({"verdict", "place", "construct", "message"});
  for (const exchange::Finding& finding : report.findings()) {
    csv += text::FormatCsvRow(
        {exchange::NameOf(finding.verdict), finding.place, finding.construct, finding.message});
  }
  return csv;
}

absl::Status RunImport(const ImportCall& call) {
  REPRISE_ASSIGN_OR_RETURN(const exchange::Imported made,
                           ImportAny(call.format, call.file, call.options));
  TellReport(made.report);
  if (!call.report.empty()) REPRISE_RETURN_IF_ERROR(WriteFile(call.report, ReportCsv(made.report)));
  return WriteFile(call.output, instrument::WriteYaml(made.instrument));
}

absl::Status RunExport(const ExportCall& call) {
  REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument definition,
                           FindInstrument(call.instrument));
  std::string bytes;
  exchange::Report report;
  if (call.format == "redcap") {
    REPRISE_ASSIGN_OR_RETURN(exchange::RedcapExport made,
                             exchange::ExportRedcap(definition, call.language));
    bytes = std::move(made.csv);
    report = std::move(made.report);
  } else {
    exchange::FhirExport made = exchange::ExportFhir(definition);
    bytes = std::move(made.json);
    report = std::move(made.report);
  }
  TellReport(report);
  if (!call.report.empty()) REPRISE_RETURN_IF_ERROR(WriteFile(call.report, ReportCsv(report)));
  return WriteFile(call.output, bytes);
}

}  // namespace

absl::StatusOr<exchange::Imported> ImportAny(const std::string& format, const std::string& file,
                                             exchange::ImportOptions options) {
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(file));
  const std::string name = file == "-" ? "-" : std::filesystem::path(file).filename().string();
  return format == "redcap" ? exchange::ImportRedcap(bytes, name, options)
                            : exchange::ImportFhir(bytes, name, options);
}

void TellReport(const exchange::Report& report) {
  for (const exchange::Finding& finding : report.findings()) {
    if (finding.verdict == exchange::Verdict::kKept) continue;
    std::cerr << exchange::NameOf(finding.verdict) << ": " << finding.place << ": "
              << finding.message << " [" << finding.construct << "]\n";
  }
  std::cerr << report.Count(exchange::Verdict::kKept) << " constructs kept, "
            << report.Count(exchange::Verdict::kChanged) << " changed, "
            << report.Count(exchange::Verdict::kRefused) << " refused\n";
}

void AddImportVerb(Cli& cli, CLI::App& group) {
  CLI::App* const verb = group.add_subcommand(
      "import",
      "Reads a REDCap data dictionary or a FHIR R4 Questionnaire into our YAML. What was changed\n"
      "or refused is told on the error stream, each construct with its place.");
  auto call = std::make_shared<ImportCall>();
  call->output = "-";
  verb->add_option("--from", call->format, "redcap or fhir")
      ->required()
      ->check(CLI::IsMember({"redcap", "fhir"}));
  verb->add_option("file", call->file, "the file, - for standard input")->required();
  verb->add_option("--output", call->output, "the YAML, - (default) for standard output");
  verb->add_option("--report", call->report,
                   "CSV of all findings: verdict, place, construct, message");
  verb->add_option("--id", call->options.id, "id of the instrument, instead of the file's");
  verb->add_option("--version-label", call->options.version, "its version, instead of the file's");
  verb->add_option("--lang", call->options.language,
                   "language of texts that do not say (default und)");
  cli.OnRun(verb, [call] { return RunImport(*call); });
}

void AddExportVerb(Cli& cli, CLI::App& group) {
  CLI::App* const verb = group.add_subcommand("export",
                                              "Writes an instrument as a REDCap data dictionary or "
                                              "a FHIR R4 Questionnaire. What the format\n"
                                              "cannot carry is told on the error stream.");
  auto call = std::make_shared<ExportCall>();
  call->output = "-";
  verb->add_option("--to", call->format, "redcap or fhir")
      ->required()
      ->check(CLI::IsMember({"redcap", "fhir"}));
  verb->add_option("instrument", call->instrument, "id of a bundled instrument, or a file")
      ->required();
  verb->add_option("--output", call->output, "the file, - (default) for standard output");
  verb->add_option("--report", call->report,
                   "CSV of all findings: verdict, place, construct, message");
  verb->add_option("--lang", call->language,
                   "redcap: the dictionary's language (default: the instrument's first)");
  cli.OnRun(verb, [call] { return RunExport(*call); });
}

}  // namespace reprise::cli
