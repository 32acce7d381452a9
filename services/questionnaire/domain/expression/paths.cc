// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/paths.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "services/platform/status.h"
#include "services/questionnaire/domain/expression/candidates.h"
#include "services/questionnaire/domain/expression/interval.h"
#include "services/questionnaire/domain/expression/names.h"

namespace reprise::expression {
namespace {

const FormItem* Own(const Form& form, const Reference& reference) {
  if (!reference.event.empty()) return nullptr;
  const auto found = form.items.find(reference.item);
  return found == form.items.end() ? nullptr : found->second;
}

// What an answer depends on beyond itself.
std::vector<const Expression*> Behind(const FormItem& item) {
  std::vector<const Expression*> expressions;
  if (item.shown_if.has_value()) expressions.push_back(&*item.shown_if);
  if (item.value.has_value()) expressions.push_back(&*item.value);
  return expressions;
}

// Everything that bears on one condition: the references, and the expressions behind them.
struct Closure {
  std::set<Reference> references;
  std::vector<const Expression*> expressions;
  bool judged = true;  // all of it is in order
};

Closure ClosureOf(const Form& form, const Expression& condition) {
  Closure closure;
  std::set<std::string> seen;
  closure.expressions.push_back(&condition);
  for (size_t i = 0; i < closure.expressions.size(); ++i) {
    for (const Reference& reference : closure.expressions[i]->references()) {
      closure.references.insert(reference);
      const FormItem* const item = Own(form, reference);
      if (item == nullptr || !seen.insert(item->name).second) continue;
      if (form.ranks.count(item->name) == 0) closure.judged = false;
      for (const Expression* behind : Behind(*item)) closure.expressions.push_back(behind);
    }
  }
  return closure;
}

// One form item on the way: hidden it is blank, computed it is computed, else it is answered.
struct Step {
  std::vector<size_t> slots;  // of the item, or of its boxes
  std::optional<Program> shown_if;
  std::optional<Program> value;
};

struct Variable {
  size_t slot;
  std::vector<Value> candidates;
};

class Paths {
 public:
  Paths(const Form& form, const Expression& condition, const Closure& closure) : form_(form) {
    for (const Reference& reference : closure.references) slots_.emplace(reference, slots_.size());
    condition_ = Bound(condition);
    std::map<Reference, Uses> uses;
    for (const Expression* expression : closure.expressions) AddUses(*expression, uses);
    std::map<size_t, Step> steps;
    for (const auto& [reference, slot] : slots_)
      AddReference(reference, slot, uses[reference], steps);
    for (auto& [rank, step] : steps) steps_.push_back(std::move(step));
  }

  // kUndecided where trying did not decide.
  Verdict Try() {
    double combinations = 1;
    for (const Variable& variable : variables_)
      combinations *= static_cast<double>(variable.candidates.size());
    const bool all = combinations <= form_.evaluations;
    const uint64_t tries =
        all ? static_cast<uint64_t>(combinations) : static_cast<uint64_t>(form_.evaluations);
    bool held = false;
    bool failed = false;
    std::vector<Value> values(slots_.size());
    for (uint64_t i = 0; i < tries && !(held && failed); ++i) {
      Answer(i, all, values);
      Walk(values);
      (condition_->Holds(values) ? held : failed) = true;
    }
    if (held && failed) return Verdict::kSometimes;
    if (!all || !exhaustive_ || tries == 0) return Verdict::kUndecided;
    return held ? Verdict::kAlways : Verdict::kNever;
  }

 private:
  std::optional<Program> Bound(const Expression& expression) const {
    absl::StatusOr<Program> program = Program::Bind(expression, slots_);
    REPRISE_CHECK(program.ok());  // the closure holds all its references
    return std::move(*program);
  }

  void AddReference(const Reference& reference, size_t slot, const Uses& uses,
                    std::map<size_t, Step>& steps) {
    const FormItem* const item = Own(form_, reference);
    if (item != nullptr && (item->shown_if.has_value() || item->value.has_value())) {
      Step& step = steps[form_.ranks.at(item->name)];
      step.slots.push_back(slot);
      if (item->shown_if.has_value() && !step.shown_if.has_value())
        step.shown_if = Bound(*item->shown_if);
      if (item->value.has_value() && !step.value.has_value()) step.value = Bound(*item->value);
    }
    if (item != nullptr && item->value.has_value()) return;
    const Symbol unknown;
    const Named named = Find(*form_.symbols, reference, Place{});
    Candidates candidates = CandidatesOf(named.symbol == nullptr ? unknown : *named.symbol, uses,
                                         item == nullptr || item->may_stay_blank);
    exhaustive_ &= candidates.exhaustive;
    variables_.push_back({slot, std::move(candidates.values)});
  }

  // The i-th combination: each exactly once where all are tried, otherwise a scattered sample that
  // is the same every time.
  void Answer(uint64_t i, bool all, std::vector<Value>& values) const {
    uint64_t rest = i;
    for (size_t v = 0; v < variables_.size(); ++v) {
      const Variable& variable = variables_[v];
      const uint64_t count = variable.candidates.size();
      const uint64_t choice = all ? rest % count : Scattered(i, v) % count;
      rest /= count;
      values[variable.slot] = variable.candidates[choice];
    }
  }

  // splitmix64 of combination and variable.
  static uint64_t Scattered(uint64_t i, uint64_t v) {
    uint64_t z = (i * 1000003 + v + 1) * 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  void Walk(std::vector<Value>& values) const {
    for (const Step& step : steps_) {
      if (step.shown_if.has_value() && !step.shown_if->Holds(values)) {
        for (const size_t slot : step.slots) values[slot] = Value::Null();
      } else if (step.value.has_value()) {
        const Value value = step.value->Evaluate(values);
        for (const size_t slot : step.slots) values[slot] = value;
      }
    }
  }

  const Form& form_;
  std::map<Reference, size_t> slots_;
  std::optional<Program> condition_;
  std::vector<Step> steps_;  // dependencies first
  std::vector<Variable> variables_;
  bool exhaustive_ = true;
};

// Encloses answers by the items behind them, dependencies first.
class Enclosures {
 public:
  Enclosures(const Form& form, const Closure& closure) : form_(form) {
    std::map<size_t, const FormItem*> ranked;
    for (const Reference& reference : closure.references) {
      if (const FormItem* item = Own(form, reference); item != nullptr)
        ranked[form.ranks.at(item->name)] = item;
    }
    for (const auto& [rank, item] : ranked) {
      Enclosure enclosure = item->value.has_value()
                                ? Of(*item->value)
                                : EnclosureOf(item->symbol, item->may_stay_blank);
      if (item->shown_if.has_value()) {
        const Enclosure shown = Of(*item->shown_if);
        if (shown.may_be_false() || shown.may_be_unknown()) enclosure.null = true;
        if (!shown.may_be_true()) enclosure = {true, false, 1, 0};
      }
      items_[item->name] = enclosure;
    }
  }

  Enclosure Of(const Expression& expression) const {
    return Enclose(expression, [this](const Reference& reference) {
      if (const FormItem* item = Own(form_, reference); item != nullptr)
        return items_.at(item->name);
      const Named named = Find(*form_.symbols, reference, Place{});
      return EnclosureOf(named.symbol == nullptr ? Symbol{} : *named.symbol, true);
    });
  }

 private:
  const Form& form_;
  std::map<std::string, Enclosure> items_;
};

}  // namespace

Verdict Judge(const Form& form, const Expression& condition) {
  const Closure closure = ClosureOf(form, condition);
  if (!closure.judged) return Verdict::kNotJudged;
  const Verdict tried = Paths(form, condition, closure).Try();
  if (tried != Verdict::kUndecided) return tried;
  const Enclosure enclosure = Enclosures(form, closure).Of(condition);
  if (!enclosure.may_be_true()) return Verdict::kNever;
  if (!enclosure.may_be_false() && !enclosure.may_be_unknown()) return Verdict::kAlways;
  return Verdict::kUndecided;
}

}  // namespace reprise::expression
