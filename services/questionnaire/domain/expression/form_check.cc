// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/questionnaire/domain/expression/check.h"
#include "services/questionnaire/domain/expression/functions.h"
#include "services/questionnaire/domain/expression/order.h"
#include "services/questionnaire/domain/expression/paths.h"

namespace reprise::expression {
namespace {

class FormChecker {
 public:
  FormChecker(const std::vector<FormItem>& items, const Symbols& elsewhere,
              const FormCheckLimits& limits)
      : items_(items), symbols_(elsewhere), of_item_(items.size()) {
    form_.evaluations = limits.evaluations;
    form_.symbols = &symbols_;
    for (const FormItem& item : items) {
      if (form_.items.emplace(item.name, &item).second) symbols_.items[item.name] = item.symbol;
    }
  }

  std::vector<Problem> Run() {
    for (size_t i = 0; i < items_.size(); ++i) CheckItem(i);
    Order();
    for (size_t i = 0; i < items_.size(); ++i) JudgeItem(i);
    std::vector<Problem> all;
    for (std::vector<Problem>& problems : of_item_) {
      std::move(problems.begin(), problems.end(), std::back_inserter(all));
    }
    return all;
  }

 private:
  void Report(size_t i, Severity severity, const char* reason, Place place, const char* field,
              std::string message) {
    of_item_[i].push_back({.severity = severity, .reason = reason, .message = std::move(message),
                           .place = place, .item = items_[i].name, .field = field});
  }

  void CheckItem(size_t i) {
    const FormItem& item = items_[i];
    if (form_.items.at(item.name) != &item) {
      Report(i, Severity::kError, "ITEM_DUPLICATE", {}, "",
             absl::StrCat("The name ", item.name, " is given to two items."));
      return;
    }
    CheckField(i, item.shown_if, "shown_if", true);
    CheckField(i, item.value, "value", false);
    CheckField(i, item.constraint, "constraint", true);
  }

  void CheckField(size_t i, const std::optional<Expression>& expression, const char* field,
                  bool condition) {
    if (!expression.has_value()) return;
    Checked checked = Check(*expression, symbols_);
    for (Problem& problem : checked.problems) {
      problem.item = items_[i].name;
      problem.field = field;
      if (problem.severity == Severity::kError) faulty_.insert(items_[i].name);
      of_item_[i].push_back(std::move(problem));
    }
    if (condition && (checked.type == ResultType::kText || checked.type == ResultType::kDate)) {
      faulty_.insert(items_[i].name);
      Report(i, Severity::kError, "CONDITION_TYPE", expression->root().place(), field,
             absl::StrCat("The ", field, " of ", items_[i].name, " is not a condition."));
    }
  }

  void Order() {
    std::map<std::string, std::vector<const Expression*>> behind;
    for (const auto& [name, item] : form_.items) {
      std::vector<const Expression*>& expressions = behind[name];
      if (item->shown_if.has_value()) expressions.push_back(&*item->shown_if);
      if (item->value.has_value()) expressions.push_back(&*item->value);
    }
    const Ordering ordering = OrderOf(behind);
    for (const std::string& name : ordering.order) {
      if (faulty_.count(name) == 0) form_.ranks.emplace(name, form_.ranks.size());
    }
    for (const std::vector<std::string>& cycle : ordering.cycles) {
      const FormItem* const first = form_.items.at(cycle.front());
      Report(
          static_cast<size_t>(first - items_.data()), Severity::kError, "DEPENDENCY_CYCLE", {}, "",
          absl::StrCat("The items depend on each other in a circle: ", absl::StrJoin(cycle, " -> "),
                       " -> ", cycle.front(), "."));
    }
  }

  void JudgeItem(size_t i) {
    const FormItem& item = items_[i];
    if (form_.items.at(item.name) != &item || form_.ranks.count(item.name) == 0) return;
    if (item.shown_if.has_value()) JudgeShown(i, *item.shown_if);
    if (item.constraint.has_value()) {
      Tell(i, Judge(form_, *item.constraint), item.constraint->root().place(), "constraint",
           "constraint");
    }
    JudgeInner(i, item.shown_if, "shown_if");
    JudgeInner(i, item.value, "value");
    JudgeInner(i, item.constraint, "constraint");
  }

  void JudgeShown(size_t i, const Expression& shown_if) {
    const FormItem& item = items_[i];
    const Verdict verdict = Judge(form_, shown_if);
    const Place place = shown_if.root().place();
    if (verdict != Verdict::kNever) {
      Tell(i, verdict, place, "shown_if", "condition to show the item");
    } else if (item.required) {
      Report(i, Severity::kError, "REQUIRED_UNREACHABLE", place, "shown_if",
             absl::StrCat("The item ", item.name, " is required, but no answers ever show it."));
    } else {
      Report(i, Severity::kWarning, "ITEM_UNREACHABLE", place, "shown_if",
             absl::StrCat("No answers ever show the item ", item.name, "."));
    }
  }

  void Tell(size_t i, Verdict verdict, Place place, const char* field, const char* what) {
    switch (verdict) {
      case Verdict::kAlways:
        Report(i, Severity::kWarning, "CONDITION_ALWAYS_TRUE", place, field,
               absl::StrCat("The ", what, " is true whatever the answers."));
        return;
      case Verdict::kNever:
        Report(i, Severity::kWarning, "CONDITION_NEVER_TRUE", place, field,
               absl::StrCat("The ", what, " is true for no answers."));
        return;
      case Verdict::kUndecided:
        Report(i, Severity::kNote, "CONDITION_UNDECIDED", place, field,
               absl::StrCat("Whether the ", what,
                            " can be both true and not is undecided: there are "
                            "too many answers to try."));
        return;
      case Verdict::kSometimes: case Verdict::kNotJudged: return;
    }
  }

  // The conditions of if() inside an expression.
  void JudgeInner(size_t i, const std::optional<Expression>& expression, const char* field) {
    if (!expression.has_value()) return;
    for (size_t node = 0; node < expression->nodes().size(); ++node) {
      const Term term(*expression, node);
      if (term.function() != Function::kIf || IsLiteral(term.argument(0).kind())) continue;
      const Expression condition = term.argument(0).Subtree();
      Tell(i, Judge(form_, condition), condition.root().place(), field, "condition of this if");
    }
  }

  const std::vector<FormItem>& items_;
  Symbols symbols_;
  Form form_;
  std::set<std::string> faulty_;
  std::vector<std::vector<Problem>> of_item_;  // in the order of the items
};

}  // namespace

std::vector<Problem> CheckForm(const std::vector<FormItem>& items, const Symbols& elsewhere,
                               const FormCheckLimits& limits) {
  return FormChecker(items, elsewhere, limits).Run();
}

}  // namespace reprise::expression
