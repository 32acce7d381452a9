// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/expressions.h"

namespace reprise::instrument {
namespace {

using expression::Expression;

Severity SeverityOf(expression::Severity severity) {
  switch (severity) {
    case expression::Severity::kError:
      return Severity::kError;
    case expression::Severity::kWarning:
      return Severity::kWarning;
    default:
      return Severity::kNote;
  }
}

void ReportExpression(std::vector<Problem>& problems, const std::string& path,
                      const expression::Problem& found) {
  std::string message = found.message;
  if (!found.suggestion.empty()) absl::StrAppend(&message, " Is '", found.suggestion, "' meant?");
  problems.push_back(
      {.severity = SeverityOf(found.severity),
       .violation = {.path = path,
                     .reason = found.reason,
                     .message = absl::StrCat(message, " (line ", found.place.line, ", column ",
                                             found.place.column, ")")}});
}

// The tree, or none with the fault reported; none also for the empty text.
std::optional<Expression> ParseAt(const std::string& text, const std::string& path,
                                  std::vector<Problem>& problems) {
  if (text.empty()) return std::nullopt;
  auto parsed = expression::Parse(text);
  if (parsed.ok()) return *std::move(parsed);
  Report(problems, path, error::ReasonOf(parsed.status()).c_str(),
         std::string(parsed.status().message()));
  return std::nullopt;
}

// The conditions of section, item and row, of which all must hold.
std::optional<Expression> Combine(std::optional<Expression> outer, std::optional<Expression> inner,
                                  const std::string& path, std::vector<Problem>& problems) {
  if (!outer || !inner) return outer ? std::move(outer) : std::move(inner);
  auto both = expression::Both(*outer, *inner);
  if (both.ok()) return *std::move(both);
  Report(problems, path, error::ReasonOf(both.status()).c_str(),
         std::string(both.status().message()));
  return std::nullopt;
}

class FormReader {
 public:
  FormReader(const Instrument& instrument, std::vector<Problem>& problems)
      : instrument_(instrument), problems_(problems) {}

  void Run() {
    for (size_t s = 0; s < instrument_.sections.size(); ++s) {
      const Section& section = instrument_.sections[s];
      const std::string path = absl::StrCat("sections[", s, "]");
      const auto shown = ParseAt(section.shown_if, path + ".shown_if", problems_);
      for (size_t i = 0; i < section.items.size(); ++i) {
        AddItem(section, section.items[i], absl::StrCat(path, ".items[", i, "]"), shown);
      }
    }
    for (const expression::Problem& found : expression::CheckForm(form_, {}, Limits())) {
      const auto at = paths_.find(found.item);
      std::string path = at == paths_.end() ? "sections" : at->second;
      if (found.field == "shown_if") path += ".shown_if";
      if (found.field == "value") path += ".calculation";
      // Doubles are told by CheckItems, with a better path.
      if (found.reason != "ITEM_DUPLICATE") ReportExpression(problems_, path, found);
    }
  }

 private:
  // Enough for real questionnaires, and bounded for those made to take long.
  static expression::FormCheckLimits Limits() { return {.evaluations = 20000}; }

  void AddItem(const Section& section, const Item& item, const std::string& path,
               const std::optional<Expression>& section_shown) {
    auto shown = Combine(section_shown, ParseAt(item.shown_if, path + ".shown_if", problems_),
                         path + ".shown_if", problems_);
    if (item.type == ItemType::kMatrix) {
      for (size_t r = 0; r < item.rows.size(); ++r) {
        const std::string row_path = absl::StrCat(path, ".rows[", r, "]");
        auto row_shown =
            Combine(shown, ParseAt(item.rows[r].shown_if, row_path + ".shown_if", problems_),
                    row_path + ".shown_if", problems_);
        Add({.section = &section, .item = &item, .row = &item.rows[r]}, row_path,
            std::move(row_shown), std::nullopt);
      }
      return;
    }
    Add({.section = &section, .item = &item, .row = nullptr}, path, std::move(shown),
        ParseAt(item.calculation, path + ".calculation", problems_));
  }

  void Add(const Field& field, const std::string& path, std::optional<Expression> shown,
           std::optional<Expression> value) {
    expression::FormItem form;
    form.name = field.code();
    form.symbol = SymbolOf(instrument_, field);
    form.required = field.item->required || (field.row != nullptr && field.row->required);
    form.may_stay_blank = !form.required || !instrument_.missing_codes.empty();
    form.shown_if = std::move(shown);
    form.value = std::move(value);
    paths_.emplace(form.name, path);
    form_.push_back(std::move(form));
  }

  const Instrument& instrument_;
  std::vector<Problem>& problems_;
  std::vector<expression::FormItem> form_;
  std::map<std::string, std::string> paths_;
};

}  // namespace

void CheckExpressions(const Instrument& instrument, std::vector<Problem>& problems) {
  FormReader(instrument, problems).Run();
  const expression::Symbols symbols = AllSymbols(instrument);
  const auto check = [&](const std::string& text, const std::string& path, bool condition) {
    const auto parsed = ParseAt(text, path, problems);
    if (!parsed) return;
    const expression::Checked checked = expression::Check(*parsed, symbols);
    for (const expression::Problem& found : checked.problems)
      ReportExpression(problems, path, found);
    const bool words = checked.type == expression::ResultType::kText ||
                       checked.type == expression::ResultType::kDate;
    if (words || (condition && checked.type == expression::ResultType::kNumber)) {
      Report(problems, path, "SCORE_INVALID",
             condition ? "A condition gives true or false." : "A score gives a number.");
    }
  };
  for (size_t s = 0; s < instrument.scores.size(); ++s) {
    const std::string path = absl::StrCat("scores[", s, "]");
    check(instrument.scores[s].expression, path + ".expression", false);
    check(instrument.scores[s].not_applicable_when, path + ".not_applicable_when", true);
  }
  for (size_t a = 0; a < instrument.alerts.size(); ++a) {
    check(instrument.alerts[a].when, absl::StrCat("alerts[", a, "].when"), true);
  }
}

}  // namespace reprise::instrument
