// SPDX-License-Identifier: Apache-2.0
// Names and types of one expression, from the leaves up.
#include "services/questionnaire/domain/expression/check.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/expression/functions.h"
#include "services/questionnaire/domain/expression/names.h"

namespace reprise::expression {
namespace {

// What is known of one operand before any answer is.
struct Static {
  ResultType type = ResultType::kAny;
  Term term;
  const Symbol* symbol = nullptr;  // of a reference
};

bool IsNumberText(const Term& term) {
  double number = 0;
  return term.kind() == Kind::kText && NumberOfText(term.text(), &number);
}

bool LooksLikeDate(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) == 8;
}

absl::string_view Called(ResultType type) {
  switch (type) {
    case ResultType::kText: return "a text";
    case ResultType::kDate: return "a date";
    case ResultType::kBoolean: return "a condition";
    default: return "a number";
  }
}

class Checker {
 public:
  Checker(const Expression& expression, const Symbols& symbols)
      : expression_(expression), symbols_(symbols) {}

  Checked Run() {
    const std::vector<Node>& nodes = expression_.nodes();
    for (size_t i = 0; i < nodes.size(); ++i) {
      const size_t first = open_.size() - nodes[i].arguments;
      const std::vector<Static> operands(open_.begin() + static_cast<std::ptrdiff_t>(first),
                                         open_.end());
      open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(first), open_.end());
      open_.push_back(Of(Term(expression_, i), operands));
    }
    std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) {
      return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
    });
    return {open_.back().type, std::move(problems_)};
  }

 private:
  void Report(Severity severity, const char* reason, Place place, std::string message) {
    problems_.push_back({.severity = severity, .reason = reason, .message = std::move(message),
                         .place = place});
  }
  void Mismatch(const Term& term, std::string message) {
    Report(Severity::kError, "TYPE_MISMATCH", term.place(), std::move(message));
  }

  Static Of(const Term& term, const std::vector<Static>& operands) {
    switch (term.kind()) {
      case Kind::kNumber: return {ResultType::kNumber, term};
      case Kind::kText: return Text(term);
      case Kind::kDate: return {ResultType::kDate, term};
      case Kind::kBoolean: return {ResultType::kBoolean, term};
      case Kind::kBlank: return {ResultType::kNull, term};
      case Kind::kReference: return Refer(term);
      case Kind::kNot: case Kind::kAnd: case Kind::kOr:
        for (const Static& operand : operands) WantCondition(operand);
        return {ResultType::kBoolean, term};
      case Kind::kCall: return Call(term, operands);
      default: break;
    }
    if (IsComparison(term.kind())) {
      Comparison(term, operands[0], operands[1],
                 term.kind() == Kind::kEqual || term.kind() == Kind::kNotEqual);
      return {ResultType::kBoolean, term};
    }
    return Arithmetic(term, operands);
  }

  Static Text(const Term& term) {
    if (LooksLikeDate(term.text())) {
      Report(Severity::kWarning, "DATE_INVALID", term.place(),
             "This text is written like a date, but the calendar has no such day.");
    }
    return {ResultType::kText, term};
  }

  Static Refer(const Term& term) {
    Named named = Find(symbols_, term.reference(), term.place());
    if (named.problem.has_value()) problems_.push_back(*std::move(named.problem));
    return {named.type, term, named.symbol};
  }

  Static Arithmetic(const Term& term, const std::vector<Static>& operands) {
    for (const Static& operand : operands) WantNumber(operand);
    const bool divides = term.kind() == Kind::kDivide || term.kind() == Kind::kRemainder;
    if (divides && operands[1].term.kind() == Kind::kNumber && operands[1].term.number() == 0) {
      Report(Severity::kWarning, "ALWAYS_NULL", term.place(),
             "A division by zero is always blank.");
    }
    return {ResultType::kNumber, term};
  }

  void WantNumber(const Static& operand, bool blank_is_fine = false) {
    if (operand.type == ResultType::kNull && !blank_is_fine) {
      Report(Severity::kWarning, "ALWAYS_NULL", operand.term.place(),
             "A calculation with '' is always blank.");
    } else if (operand.type == ResultType::kDate) {
      Mismatch(operand.term, "A number is needed here, not a date; dates are compared, or measured "
                             "by datediff and fullyears.");
    } else if (operand.type == ResultType::kText && !IsNumberText(operand.term)) {
      Mismatch(operand.term, "A number is needed here, not a text.");
    }
  }

  void WantCondition(const Static& operand) {
    if (operand.type == ResultType::kDate ||
        (operand.type == ResultType::kText && !IsNumberText(operand.term))) {
      Mismatch(operand.term,
               absl::StrCat("A condition is needed here, not ", Called(operand.type), "."));
    }
  }

  void WantDate(const Static& operand) {
    if (operand.type == ResultType::kAny || operand.type == ResultType::kDate) return;
    if (operand.type == ResultType::kNull) {
      Report(Severity::kWarning, "ALWAYS_NULL", operand.term.place(),
             "A difference from '' is always blank.");
      return;
    }
    Mismatch(operand.term, absl::StrCat("A date is needed here, not ", Called(operand.type),
                                        "; dates are written 'YYYY-MM-DD'."));
  }

  // 'n' for numbers, 't' texts, 'd' dates, '?' for what is not known or blank.
  static char SortOf(const Static& operand) {
    switch (operand.type) {
      case ResultType::kNumber: case ResultType::kBoolean: return 'n';
      case ResultType::kDate: return 'd';
      case ResultType::kText: return IsNumberText(operand.term) ? 'n' : 't';
      default: return '?';
    }
  }

  void Comparison(const Term& at, const Static& a, const Static& b, bool equality) {
    if ((a.type == ResultType::kNull || b.type == ResultType::kNull) && !equality) {
      Report(Severity::kWarning, "ALWAYS_NULL", at.place(),
             "A comparison with '' is always blank; only = '' and <> '' test for it.");
    }
    const char x = SortOf(a);
    const char y = SortOf(b);
    if (x == '?' || y == '?') return;
    if (x == y) {
      if (equality) UnknownCode(a, b);
      if (equality) UnknownCode(b, a);
      return;
    }
    // A free text may hold a number or a date; nothing else can.
    const auto free_text = [](const Static& side) {
      return side.symbol != nullptr && side.symbol->type == ItemType::kText;
    };
    if (free_text(a) || free_text(b)) {
      Report(Severity::kWarning, "COMPARISON_DOUBTFUL", at.place(),
             absl::StrCat("A text item equals ", Called(free_text(a) ? b.type : a.type),
                          " only where its text is written like one."));
      return;
    }
    Mismatch(at,
             absl::StrCat("These never compare: ", Called(a.type), " with ", Called(b.type), "."));
  }

  // A choice compared with a literal that is none of its codes.
  void UnknownCode(const Static& choice, const Static& other) {
    if (choice.symbol == nullptr || choice.symbol->type != ItemType::kChoice) return;
    if (!IsLiteral(other.term.kind()) || choice.symbol->codes.empty()) return;
    if (HasCode(*choice.symbol, other.term)) return;
    Report(Severity::kWarning, "COMPARISON_DOUBTFUL", other.term.place(),
           absl::StrCat("The item ", ToString(choice.term.reference()), " has no such code."));
    problems_.back().suggestion = NearestCode(*choice.symbol, other.term);
  }

  Static Call(const Term& term, const std::vector<Static>& operands) {
    switch (term.function()) {
      case Function::kIf: WantCondition(operands[0]); return {Join(operands, 1), term};
      case Function::kCoalesce: return {Join(operands, 0), term};
      case Function::kCount: return {ResultType::kNumber, term};
      case Function::kIsBlank: return {ResultType::kBoolean, term};
      case Function::kIn: case Function::kBetween:
        for (size_t i = 1; i < operands.size(); ++i) {
          Comparison(operands[i].term, operands[0], operands[i], term.function() == Function::kIn);
        }
        return {ResultType::kBoolean, term};
      case Function::kBand:
        for (size_t i = 1; i < operands.size(); ++i) {
          Comparison(operands[i].term, operands[0], operands[i], false);
        }
        return {ResultType::kNumber, term};
      case Function::kDateDiff: case Function::kFullYears:
        WantDate(operands[0]);
        WantDate(operands[1]);
        if (operands.size() == 4) WantCondition(operands[3]);
        return {ResultType::kNumber, term};
      default: break;
    }
    const bool skips_blanks =
        term.function() <= Function::kCount || term.function() == Function::kProrate;
    for (const Static& operand : operands) WantNumber(operand, skips_blanks);
    Literals(term, operands);
    return {ResultType::kNumber, term};
  }

  void Literals(const Term& term, const std::vector<Static>& operands) {
    const auto invalid = [&](const Term& at, std::string message) {
      Report(Severity::kError, "ARGUMENT_INVALID", at.place(), std::move(message));
    };
    const bool rounds = term.function() == Function::kRound ||
                        term.function() == Function::kRoundUp ||
                        term.function() == Function::kRoundDown;
    if (rounds && operands[1].term.kind() == Kind::kNumber &&
        operands[1].term.number() != std::trunc(operands[1].term.number())) {
      invalid(operands[1].term, "The number of digits must be whole.");
    }
    if (term.function() == Function::kProrate && operands[0].term.kind() == Kind::kNumber &&
        operands[0].term.number() > static_cast<double>(operands.size() - 1)) {
      invalid(operands[0].term, absl::StrCat("More answers are required than the ",
                                             operands.size() - 1, " items given."));
    }
  }

  static ResultType Join(const std::vector<Static>& operands, size_t first) {
    ResultType joined = ResultType::kNull;
    for (size_t i = first; i < operands.size(); ++i) {
      const ResultType type = operands[i].type;
      if (type == ResultType::kNull || type == joined) continue;
      if (joined != ResultType::kNull) return ResultType::kAny;
      joined = type;
    }
    return joined;
  }

  const Expression& expression_;
  const Symbols& symbols_;
  std::vector<Static> open_;
  std::vector<Problem> problems_;
};

}  // namespace

Checked Check(const Expression& expression, const Symbols& symbols) {
  return Checker(expression, symbols).Run();
}

}  // namespace reprise::expression
