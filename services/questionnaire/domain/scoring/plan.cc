// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/scoring/plan.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "services/platform/status.h"
#include "services/questionnaire/domain/instrument/values.h"

namespace reprise::scoring {
namespace {

using expression::Expression;
using expression::Program;
using expression::Reference;
using instrument::Instrument;
using instrument::Item;
using instrument::ItemType;

expression::Value ValueOfCode(const std::string& code) {
  double number = 0;
  return expression::NumberOfText(code, &number) ? expression::Value::Number(number)
                                                 : expression::Value::Text(code);
}

// Every expression was parsed and bound by CheckInstrument before; a failure here is ours.
Expression Parsed(const std::string& text) {
  auto parsed = expression::Parse(text);
  REPRISE_CHECK(parsed.ok());
  return *std::move(parsed);
}

class Planner {
 public:
  explicit Planner(const Instrument& instrument) : instrument_(instrument) {}

  Plan Make();

 private:
  size_t NewSlot(Reference reference) {
    slots_.emplace(std::move(reference), next_slot_);
    return next_slot_++;
  }
  Program Bound(const Expression& expression) const {
    auto program = Program::Bind(expression, slots_);
    REPRISE_CHECK(program.ok());
    return *std::move(program);
  }

  void AddItem(const instrument::Field& field, Plan& plan);
  void AddNames(Plan& plan);
  void AddBranching(Plan& plan) const;
  std::vector<std::string> Order() const;
  Step MakeScore(const instrument::Score& score);
  Step MakeComputed(const Item& item);
  void AddTerms(const instrument::Score& score, Step& step);
  void AddUses(const Expression& expression, Step& step);
  void Use(const std::string& name, Step& step);

  const Instrument& instrument_;
  std::map<Reference, size_t> slots_;
  size_t next_slot_ = 0;
  std::map<std::string, size_t> answers_;     // item to its place in the answers
  std::map<std::string, const Item*> items_;  // every field's item
  std::map<std::string, const Item*> computed_;
  std::map<std::string, size_t> scores_;
  std::map<std::string, std::vector<size_t>> used_;  // computed items and scores done
};

void Planner::AddItem(const instrument::Field& field, Plan& plan) {
  const Item& item = *field.item;
  ItemPlan made;
  made.code = field.code();
  made.type = item.type;
  if (item.type == ItemType::kMatrix) {
    made.type = item.multiple ? ItemType::kMultipleChoice : ItemType::kSingleChoice;
  }
  made.hard = item.hard;
  made.max_length = item.max_length;
  made.low = instrument::OrdinalOf(item.type, item.hard.min);
  made.high = instrument::OrdinalOf(item.type, item.hard.max);
  if (item.type == ItemType::kScale) {
    made.low = item.scale.min;
    made.high = item.scale.max;
  }
  made.slot = NewSlot({.event = "", .item = made.code, .code = ""});
  for (const instrument::Choice& choice : instrument::ChoicesOf(instrument_, item)) {
    ChoicePlan option;
    option.code = choice.code;
    option.value = ValueOfCode(choice.code);
    if (option.value.type() == expression::Type::kNumber) option.number = option.value.number();
    option.score = instrument::ValueOf(choice).value_or(0);
    option.missing = choice.missing;
    option.exclusive = choice.exclusive;
    if (made.type == ItemType::kMultipleChoice &&
        choice.missing == instrument::MissingKind::kNone) {
      option.slot = NewSlot({.event = "", .item = made.code, .code = choice.code});
    }
    made.choices.push_back(std::move(option));
  }
  answers_.emplace(made.code, plan.items.size());
  plan.item_codes.push_back(made.code);
  plan.items.push_back(std::move(made));
}

void Planner::AddNames(Plan& plan) {
  for (const instrument::Field& field : instrument::FieldsOf(instrument_)) {
    items_.emplace(field.code(), field.item);
    if (field.item->type != ItemType::kComputed) AddItem(field, plan);
  }
  for (const auto& [code, item] : items_) {
    if (item->type != ItemType::kComputed) continue;
    NewSlot({.event = "", .item = code, .code = ""});
    computed_.emplace(code, item);
  }
  for (const instrument::Score& score : instrument_.scores) {
    scores_.emplace(score.id, plan.score_ids.size());
    plan.score_ids.push_back(score.id);
    NewSlot({.event = "", .item = score.id, .code = ""});
  }
}

void Planner::AddBranching(Plan& plan) const {
  for (const instrument::Field& field : instrument::FieldsOf(instrument_)) {
    if (field.item->type == ItemType::kComputed) continue;
    std::vector<Program>& programs = plan.shown_if.emplace_back();
    for (const std::string* text : {&field.section->shown_if, &field.item->shown_if,
                                    field.row != nullptr ? &field.row->shown_if : nullptr}) {
      if (text != nullptr && !text->empty()) programs.push_back(Bound(Parsed(*text)));
    }
  }
}

std::vector<std::string> Planner::Order() const {
  std::deque<Expression> kept;
  std::map<std::string, std::vector<const Expression*>> uses;
  const auto add = [&](const std::string& name, Expression tree) {
    kept.push_back(std::move(tree));
    uses[name].push_back(&kept.back());
  };
  for (const auto& [code, item] : computed_) add(code, Parsed(item->calculation));
  for (const instrument::Score& score : instrument_.scores) {
    uses[score.id];
    if (!score.expression.empty()) add(score.id, Parsed(score.expression));
    if (!score.not_applicable_when.empty()) add(score.id, Parsed(score.not_applicable_when));
    for (const std::vector<std::string>* names :
         {&score.items, score.needs ? &*score.needs : &score.items}) {
      for (const std::string& name : *names) {
        expression::Builder builder;
        auto tree = builder.Refer({.event = "", .item = name, .code = ""}).Build();
        REPRISE_CHECK(tree.ok());
        add(score.id, *std::move(tree));
      }
    }
  }
  auto order = expression::EvaluationOrder(uses);
  REPRISE_CHECK(order.ok());
  return *std::move(order);
}

void Planner::Use(const std::string& name, Step& step) {
  const auto done = used_.find(name);
  if (done != used_.end()) {
    step.answers_used.insert(step.answers_used.end(), done->second.begin(), done->second.end());
  } else if (const auto answer = answers_.find(name); answer != answers_.end()) {
    step.answers_used.push_back(answer->second);
  }
}

void Planner::AddUses(const Expression& expression, Step& step) {
  for (const Reference& reference : expression.references()) Use(reference.item, step);
}

void Planner::AddTerms(const instrument::Score& score, Step& step) {
  for (const std::string& name : score.items) {
    Term term;
    const auto answer = answers_.find(name);
    term.from_answer = answer != answers_.end();
    term.place =
        term.from_answer ? answer->second : slots_.at({.event = "", .item = name, .code = ""});
    term.reversed = std::count(score.reverse.begin(), score.reverse.end(), name) > 0;
    if (term.reversed) {
      const auto bounds = instrument::BoundsOf(instrument_, *items_.at(name));
      REPRISE_CHECK(bounds.has_value());
      term.turn = bounds->low + bounds->high;
    }
    step.terms.push_back(term);
    Use(name, step);
  }
  step.min_answered = score.min_answered.value_or(static_cast<int>(score.items.size()));
}

Step Planner::MakeScore(const instrument::Score& score) {
  Step step;
  step.slot = slots_.at({.event = "", .item = score.id, .code = ""});
  step.result = scores_.at(score.id);
  step.rule = score.rule;
  if (!score.not_applicable_when.empty()) {
    const Expression when = Parsed(score.not_applicable_when);
    step.not_applicable_when = Bound(when);
    AddUses(when, step);
  }
  if (score.rule == instrument::ScoreRule::kExpression) {
    const Expression tree = Parsed(score.expression);
    step.program = Bound(tree);
    AddUses(tree, step);
    if (!score.needs) {
      for (const Reference& reference : tree.references()) {
        step.needs.push_back(slots_.at(reference));
      }
    }
    for (const std::string& name : score.needs.value_or(std::vector<std::string>{})) {
      step.needs.push_back(slots_.at({.event = "", .item = name, .code = ""}));
      Use(name, step);
    }
  } else {
    AddTerms(score, step);
  }
  if (score.rescale != instrument::Rescale{}) {
    step.rescaled = true;
    step.from = *score.rescale.from_low;
    step.to = *score.rescale.to_low;
    step.factor = (*score.rescale.to_high - step.to) / (*score.rescale.from_high - step.from);
  }
  return step;
}

Step Planner::MakeComputed(const Item& item) {
  Step step;
  step.slot = slots_.at({.event = "", .item = item.code, .code = ""});
  const Expression tree = Parsed(item.calculation);
  step.program = Bound(tree);
  AddUses(tree, step);
  return step;
}

Plan Planner::Make() {
  Plan plan;
  plan.id = instrument_.id;
  plan.version = instrument_.version;
  plan.missing_codes = instrument_.missing_codes;
  AddNames(plan);
  AddBranching(plan);
  for (const std::string& name : Order()) {
    const auto computed = computed_.find(name);
    const auto score = scores_.find(name);
    if (computed == computed_.end() && score == scores_.end()) continue;
    Step step = computed != computed_.end() ? MakeComputed(*computed->second)
                                            : MakeScore(instrument_.scores[score->second]);
    std::sort(step.answers_used.begin(), step.answers_used.end());
    step.answers_used.erase(std::unique(step.answers_used.begin(), step.answers_used.end()),
                            step.answers_used.end());
    used_[name] = step.answers_used;
    plan.steps.push_back(std::move(step));
  }
  for (const instrument::Alert& alert : instrument_.alerts) {
    plan.alerts.push_back({.id = alert.id, .when = Bound(Parsed(alert.when))});
  }
  plan.slots = next_slot_;
  return plan;
}

}  // namespace

std::vector<bool> Plan::Shown(absl::Span<const Answer> answers) const {
  std::vector<Answer> counted(answers.begin(), answers.end());
  counted.resize(items.size());
  std::vector<bool> shown(items.size(), true);
  // Branching has no cycles, so each pass settles at least one more level of it.
  for (size_t pass = 0; pass <= items.size(); ++pass) {
    const std::vector<expression::Value> values = Run(counted, nullptr);
    std::vector<bool> now(items.size(), true);
    for (size_t i = 0; i < items.size(); ++i) {
      for (const Program& program : shown_if[i]) now[i] = now[i] && program.Holds(values);
      counted[i] = Answer{};
      if (!now[i]) {
        counted[i].missing = instrument::MissingKind::kNotAsked;
      } else if (i < answers.size()) {
        counted[i] = answers[i];
      }
    }
    if (now == shown) break;
    shown = std::move(now);
  }
  return shown;
}

Plan MakePlan(const Instrument& instrument) { return Planner(instrument).Make(); }

}  // namespace reprise::scoring
