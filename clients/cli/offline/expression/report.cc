// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/expression/report.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using expression::ItemType;
using expression::Reference;
using expression::Severity;
using expression::Symbol;
using expression::Symbols;

absl::Status Malformed(absl::string_view part) {
  return error::InvalidField(
      "--names", "NAMES_MALFORMED",
      absl::StrCat("The part ", part,
                   " is not name:type with the type number, integer, boolean, text, "
                   "date, any, choice(1|2) or boxes(1|2)."));
}

absl::StatusOr<Symbol> ParseSymbol(absl::string_view type, absl::string_view part) {
  struct Named {
    absl::string_view name;
    ItemType type;
  };
  static constexpr Named kTypes[] = {
      {"any", ItemType::kAny},         {"number", ItemType::kNumber},
      {"integer", ItemType::kInteger}, {"boolean", ItemType::kBoolean},
      {"text", ItemType::kText},       {"date", ItemType::kDate},
      {"choice", ItemType::kChoice},   {"boxes", ItemType::kBoxes}};
  Symbol symbol;
  if (const size_t open = type.find('('); open != absl::string_view::npos) {
    if (!absl::EndsWith(type, ")")) return Malformed(part);
    symbol.codes = absl::StrSplit(type.substr(open + 1, type.size() - open - 2), '|');
    type = type.substr(0, open);
  }
  const auto* const found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                         [&](const Named& named) { return named.name == type; });
  if (found == std::end(kTypes)) return Malformed(part);
  symbol.type = found->type;
  const bool codes = symbol.type == ItemType::kChoice || symbol.type == ItemType::kBoxes;
  if (codes == symbol.codes.empty()) return Malformed(part);
  return symbol;
}

absl::string_view SeverityName(Severity severity) {
  if (severity == Severity::kError) return "error";
  return severity == Severity::kWarning ? "warning" : "note";
}

absl::string_view ResultName(expression::ResultType type) {
  switch (type) {
    case expression::ResultType::kNull: return "null";
    case expression::ResultType::kNumber: return "number";
    case expression::ResultType::kBoolean: return "boolean";
    case expression::ResultType::kText: return "text";
    case expression::ResultType::kDate: return "date";
    case expression::ResultType::kAny: break;
  }
  return "any";
}

// Every name that the expression uses, of any type.
Symbols SymbolsOf(const expression::Expression& tree) {
  Symbols symbols;
  symbols.events_known = false;
  for (const Reference& reference : tree.references()) symbols.items.try_emplace(reference.item);
  return symbols;
}

}  // namespace

absl::StatusOr<Symbols> ParseSymbols(absl::string_view names) {
  Symbols symbols;
  for (absl::string_view part : absl::StrSplit(names, ',', absl::SkipWhitespace())) {
    part = absl::StripAsciiWhitespace(part);
    const size_t colon = part.rfind(':');
    if (colon == absl::string_view::npos) return Malformed(part);
    REPRISE_ASSIGN_OR_RETURN(
        const Reference name,
        expression::ParseReference(absl::StripAsciiWhitespace(part.substr(0, colon))));
    if (!name.code.empty()) return Malformed(part);
    REPRISE_ASSIGN_OR_RETURN(const Symbol symbol,
                             ParseSymbol(absl::StripAsciiWhitespace(part.substr(colon + 1)), part));
    auto& items = name.event.empty() ? symbols.items : symbols.events[name.event];
    items[name.item] = symbol;
  }
  return symbols;
}

absl::StatusOr<Report> CheckText(absl::string_view text, const std::optional<std::string>& names) {
  REPRISE_ASSIGN_OR_RETURN(const expression::Expression tree, expression::Parse(text));
  Symbols symbols = SymbolsOf(tree);
  if (names.has_value()) {
    REPRISE_ASSIGN_OR_RETURN(symbols, ParseSymbols(*names));
  }
  const expression::Checked checked = expression::Check(tree, symbols);
  const auto name = [](std::string* out, const Reference& reference) {
    out->append(ToString(reference));
  };
  Report report;
  absl::StrAppend(&report.text, "canonical: ", expression::Print(tree), "\n",
                  "type: ", ResultName(checked.type), "\n",
                  "names: ", absl::StrJoin(tree.references(), " ", name), "\n");
  int errors = 0;
  for (const expression::Problem& problem : checked.problems) {
    if (problem.severity == Severity::kError) ++errors;
    absl::StrAppend(&report.text, problem.place.line, ":", problem.place.column, ": ",
                    SeverityName(problem.severity), ": ", problem.message, " [", problem.reason,
                    "]\n");
  }
  if (errors > 0) {
    report.outcome = error::Make(absl::StatusCode::kInvalidArgument, "EXPRESSION_REFUSED",
                                 "The expression cannot be published.",
                                 {{"errors", absl::StrCat(errors)}});
  }
  return report;
}

}  // namespace reprise::cli
