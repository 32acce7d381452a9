// SPDX-License-Identifier: Apache-2.0
// `reprise instrument score`: raw codes of many people in, one column per score out.
#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/instrument/shelf.h"
#include "clients/cli/offline/instrument/verbs_of_instrument.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"
#include "services/questionnaire/domain/scoring/scoring.h"

namespace reprise::cli {
namespace {

struct ScoreOptions {
  std::string instrument, responses, output, details;
};

// French spreadsheets separate by ';'. The header tells: item codes hold neither character.
char DelimiterOf(absl::string_view bytes) {
  const absl::string_view header = bytes.substr(0, bytes.find('\n'));
  return !absl::StrContains(header, ',') && absl::StrContains(header, ';') ? ';' : ',';
}

// Column of each item; every item must be there, so that a misspelt one is not taken for missing.
absl::StatusOr<std::vector<size_t>> ItemColumns(const scoring::Scorer& scorer,
                                                const text::CsvTable& table,
                                                const std::string& file) {
  std::vector<error::Violation> faults;
  std::vector<size_t> columns;
  const auto column = [&](const std::string& name) {
    const int at = table.Column(name);
    if (at < 0) {
      faults.push_back({.path = absl::StrCat(file, ":1"),
                        .reason = "COLUMN_MISSING",
                        .message = absl::StrCat("The column '", name, "' is missing.")});
    }
    return static_cast<size_t>(at < 0 ? 0 : at);
  };
  columns.push_back(column("case_id"));
  for (const std::string& item : scorer.items()) columns.push_back(column(item));
  if (!faults.empty()) {
    return error::Invalid("RESPONSES_INVALID", "The responses lack columns of the instrument.",
                          faults);
  }
  return columns;
}

// Columns that no item has are left aside, and said so.
void TellIgnored(const scoring::Scorer& scorer, const text::CsvTable& table) {
  std::vector<std::string> ignored;
  for (const std::string& name : table.header) {
    const auto& items = scorer.items();
    if (name != "case_id" && std::find(items.begin(), items.end(), name) == items.end()) {
      ignored.push_back(name);
    }
  }
  if (!ignored.empty()) {
    std::cerr << "reprise: columns that are no items were not read: "
              << absl::StrJoin(ignored, ", ") << "\n";
  }
}

constexpr size_t kMostFaults = 100;

// All rows read before anything is written. Faults name row and column, never the answer.
absl::StatusOr<std::vector<std::vector<scoring::Answer>>> ReadRows(
    const scoring::Scorer& scorer, const text::CsvTable& table, const std::vector<size_t>& columns,
    const std::string& file) {
  std::vector<std::vector<scoring::Answer>> rows;
  std::vector<error::Violation> faults;
  for (size_t r = 0; r < table.rows.size() && faults.size() < kMostFaults; ++r) {
    const size_t line = r + 2;
    const std::string& case_id = table.rows[r][columns[0]];
    const std::string place = absl::StrCat(file, ":", line);
    if (case_id.empty()) {
      faults.push_back({.path = place + " case_id",
                        .reason = "CASE_UNNAMED",
                        .message = "A case_id is required."});
    }
    std::vector<scoring::Answer> answers(scorer.items().size());
    for (size_t i = 0; i < answers.size(); ++i) {
      auto fault = scorer.Read(i, table.rows[r][columns[i + 1]], answers[i]);
      if (!fault) continue;
      fault->path = absl::StrCat(place, " ", scorer.items()[i]);
      faults.push_back(*std::move(fault));
    }
    rows.push_back(std::move(answers));
  }
  if (faults.empty()) return rows;
  return error::Invalid(
      "RESPONSES_INVALID",
      absl::StrCat("The responses hold answers that the instrument cannot have",
                   faults.size() >= kMostFaults ? " (the first ones are named)." : "."),
      faults);
}

std::string DetailRow(const scoring::Scorer& scorer, const std::string& case_id, size_t s,
                      const scoring::Result& result) {
  return text::FormatCsvRow({case_id, scorer.instrument_id(), scorer.version(), scorer.scores()[s],
                             result.value ? text::FormatDouble(*result.value) : "",
                             std::to_string(result.items_answered),
                             std::to_string(result.items_total), scoring::NameOf(result.outcome)});
}

absl::Status RunScore(const ScoreOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const instrument::Instrument definition,
                           FindInstrument(options.instrument));
  REPRISE_ASSIGN_OR_RETURN(const scoring::Scorer scorer, scoring::Scorer::Compile(definition));
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(options.responses));
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table,
                           text::ParseCsv(bytes, options.responses, DelimiterOf(bytes)));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<size_t> columns,
                           ItemColumns(scorer, table, options.responses));
  TellIgnored(scorer, table);
  REPRISE_ASSIGN_OR_RETURN(const auto rows, ReadRows(scorer, table, columns, options.responses));
  std::vector<std::string> header = {"case_id"};
  header.insert(header.end(), scorer.scores().begin(), scorer.scores().end());
  std::string output = text::FormatCsvRow(header);
  std::string details = text::FormatCsvRow(
      {"case_id", "definition", "version", "score", "value", "items_answered", "items", "rule"});
  std::vector<scoring::Result> results;
  for (size_t r = 0; r < rows.size(); ++r) {
    scorer.Score(rows[r], results);
    const std::string& case_id = table.rows[r][columns[0]];
    std::vector<std::string> cells = {case_id};
    for (size_t s = 0; s < results.size(); ++s) {
      cells.push_back(results[s].value ? text::FormatDouble(*results[s].value) : "");
      if (!options.details.empty()) details += DetailRow(scorer, case_id, s, results[s]);
    }
    output += text::FormatCsvRow(cells);
  }
  if (!options.details.empty()) REPRISE_RETURN_IF_ERROR(WriteFile(options.details, details));
  return WriteFile(options.output, output);
}

}  // namespace

void AddScoreVerb(Cli& cli, CLI::App& group) {
  CLI::App* const verb = group.add_subcommand(
      "score",
      "Score raw answers. Input: case_id and one column per item (raw codes; empty is not "
      "answered;\n"
      "several codes of a multiple choice separated by '|'). Output: case_id and one column per\n"
      "score, empty where it cannot be computed. Other columns are not read; a missing column or\n"
      "an answer that the item cannot have is refused with its row and column.");
  auto options = std::make_shared<ScoreOptions>();
  verb->add_option("--instrument", options->instrument, "id of a bundled instrument, or a file")
      ->required();
  verb->add_option("--responses", options->responses, "CSV of raw codes, - for standard input")
      ->required();
  verb->add_option("--output", options->output, "CSV of scores, - for standard output")->required();
  verb->add_option("--details", options->details,
                   "CSV with, for each score, definition, version, items answered and rule fired");
  cli.OnRun(verb, [options] { return RunScore(*options); });
}

}  // namespace reprise::cli
