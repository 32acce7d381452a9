// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/expression/vectors.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"
#include "services/questionnaire/domain/expression/lexer.h"

namespace reprise::cli {
namespace {

using expression::Bindings;
using expression::Reference;
using expression::Value;

absl::Status Malformed(absl::string_view sentence) {
  return error::InvalidField("bindings", "BINDINGS_MALFORMED", sentence);
}

Value ValueOfText(std::string text) {
  int32_t days = 0;
  if (expression::DateOfText(text, &days)) return Value::DateOfDays(days);
  return Value::Text(std::move(text));
}

Value BareValue(absl::string_view text) {
  double number = 0;
  if (expression::NumberOfText(text, &number)) return Value::Number(number);
  if (text == "true" || text == "false") return Value::Boolean(text == "true");
  return ValueOfText(std::string(text));
}

// Takes one value and the semicolon after it off the front of `rest`.
absl::StatusOr<Value> TakeValue(absl::string_view& rest) {
  rest = absl::StripLeadingAsciiWhitespace(rest);
  if (rest.empty() || (rest[0] != '\'' && rest[0] != '"')) {
    const size_t end = std::min(rest.find(';'), rest.size());
    const absl::string_view bare = absl::StripAsciiWhitespace(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return BareValue(bare);
  }
  REPRISE_ASSIGN_OR_RETURN(expression::Token token, expression::Lexer(rest).Next());
  rest = absl::StripLeadingAsciiWhitespace(rest.substr(token.source.size()));
  if (!rest.empty() && rest[0] != ';') return Malformed("A ; is expected after a quoted value.");
  if (!rest.empty()) rest.remove_prefix(1);
  return ValueOfText(std::move(token.text));
}

std::vector<std::string> ResultRow(const std::string& case_id, const absl::StatusOr<Value>& value) {
  if (value.ok()) return {case_id, std::string(TypeName(value->type())), value->ToString()};
  return {case_id, "error", absl::StrCat(error::ReasonOf(value.status()), ": ",
                                         std::string(value.status().message()))};
}

}  // namespace

void AdoptEventNames(const expression::Expression& tree, Bindings& bindings) {
  for (const Reference& reference : tree.references()) {
    if (reference.event.empty() || bindings.count(reference) > 0) continue;
    const auto dotted = bindings.find({.event = "",
                                       .item = absl::StrCat(reference.event, ".", reference.item),
                                       .code = reference.code});
    if (dotted != bindings.end()) bindings.emplace(reference, dotted->second);
  }
}

absl::StatusOr<Bindings> ParseBindings(absl::string_view text) {
  Bindings bindings;
  for (absl::string_view rest = absl::StripAsciiWhitespace(text); !rest.empty();
       rest = absl::StripLeadingAsciiWhitespace(rest)) {
    if (rest[0] == ';') {
      rest.remove_prefix(1);
      continue;
    }
    const size_t equals = rest.find('=');
    if (equals == absl::string_view::npos || rest.find(';') < equals) {
      return Malformed("Each binding is written name=value; one lacks its =.");
    }
    REPRISE_ASSIGN_OR_RETURN(
        const Reference reference,
        expression::ParseReference(absl::StripAsciiWhitespace(rest.substr(0, equals))));
    rest.remove_prefix(equals + 1);
    REPRISE_ASSIGN_OR_RETURN(Value value, TakeValue(rest));
    if (!bindings.emplace(reference, std::move(value)).second) {
      return error::InvalidField(
          "bindings", "BINDING_DUPLICATE",
          absl::StrCat("The name ", ToString(reference), " is bound twice."));
    }
  }
  return bindings;
}

std::string DecodeLineBreaks(absl::string_view expression) {
  std::string decoded;
  decoded.reserve(expression.size());
  for (size_t i = 0; i < expression.size(); ++i) {
    const char next = expression[i] == '\\' && i + 1 < expression.size() ? expression[i + 1] : '\0';
    switch (next) {
      case '\0': decoded += expression[i]; continue;
      case 'n': decoded += '\n'; break;
      case 'r': decoded += '\r'; break;
      case 't': decoded += '\t'; break;
      default: decoded += {'\\', next};  // the language's own escape
    }
    ++i;
  }
  return decoded;
}

absl::StatusOr<Value> EvaluateRow(absl::string_view text, absl::string_view bindings_text) {
  REPRISE_ASSIGN_OR_RETURN(const expression::Expression tree,
                           expression::Parse(DecodeLineBreaks(text)));
  REPRISE_ASSIGN_OR_RETURN(Bindings bindings, ParseBindings(bindings_text));
  AdoptEventNames(tree, bindings);
  std::map<Reference, size_t> slots;
  std::vector<Value> values;
  for (const auto& [reference, value] : bindings) {
    slots.emplace(reference, values.size());
    values.push_back(value);
  }
  REPRISE_ASSIGN_OR_RETURN(const expression::Program program,
                           expression::Program::Bind(tree, slots));
  return program.Evaluate(values);
}

absl::StatusOr<std::string> EvaluateVectors(absl::string_view csv, absl::string_view file_name) {
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table, text::ParseCsv(csv, file_name));
  int columns[3];
  int found = 0;
  for (const char* name : {"case_id", "expression", "bindings"}) {
    columns[found] = table.Column(name);
    if (columns[found++] >= 0) continue;
    return error::InvalidField(absl::StrCat(file_name, ":1"), "VECTORS_COLUMN_MISSING",
                               absl::StrCat("The file has no column ", name, "."));
  }
  const std::vector<std::string> header{"case_id", "type", "value"};
  std::string output = text::FormatCsvRow(header);
  for (const std::vector<std::string>& row : table.rows) {
    const auto cell = [&](int i) { return row[static_cast<size_t>(columns[i])]; };
    output += text::FormatCsvRow(ResultRow(cell(0), EvaluateRow(cell(1), cell(2))));
  }
  return output;
}

}  // namespace reprise::cli
