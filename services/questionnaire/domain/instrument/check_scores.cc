// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/expression/expression.h"
#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/values.h"

namespace reprise::instrument {
namespace {

class ScoreChecker {
 public:
  ScoreChecker(const Instrument& instrument, std::vector<Problem>& problems)
      : instrument_(instrument), problems_(problems) {
    for (const Field& field : FieldsOf(instrument)) fields_.emplace(field.code(), field.item);
    for (const Score& score : instrument.scores) ids_.insert(score.id);
  }

  void Run() {
    std::set<std::string> seen;
    for (size_t s = 0; s < instrument_.scores.size(); ++s) {
      const Score& score = instrument_.scores[s];
      const std::string path = absl::StrCat("scores[", s, "]");
      if (!IsCode(score.id)) {
        Report(problems_, path + ".id", score.id.empty() ? "FIELD_MISSING" : "CODE_MALFORMED",
               "An id of letters, digits and '_', a letter first, is required.");
      } else if (!seen.insert(score.id).second || fields_.count(score.id) > 0) {
        Report(problems_, path + ".id", "CODE_DUPLICATE",
               absl::StrCat("The name '", score.id, "' is taken by a score or an item."));
      }
      CheckScore(score, path);
    }
    CheckOrder();
    CheckAlerts();
  }

 private:
  void Fault(const std::string& path, const char* message) {
    Report(problems_, path, "SCORE_INVALID", message);
  }

  void CheckScore(const Score& score, const std::string& path) {
    if (score.rule == ScoreRule::kUnspecified) {
      Report(problems_, path + ".rule", "FIELD_MISSING",
             "A rule is required: mean, sum or expression.");
      return;
    }
    if (score.rule == ScoreRule::kExpression) {
      if (score.expression.empty()) Fault(path + ".expression", "An expression is required.");
      if (!score.items.empty() || !score.reverse.empty() || score.min_answered ||
          score.rescale != Rescale{}) {
        Fault(path, "A score by expression has no items, reverse, min_answered or rescale.");
      }
      CheckNeeds(score, path);
      return;
    }
    if (!score.expression.empty())
      Fault(path + ".expression", "Only the rule expression has this.");
    if (score.needs) Fault(path + ".needs", "Only the rule expression has this.");
    CheckScoreItems(score, path);
    if (score.min_answered &&
        (*score.min_answered < 1 || *score.min_answered > static_cast<int>(score.items.size()))) {
      Fault(path + ".min_answered", "From 1 to the number of items.");
    }
    CheckRescale(score.rescale, path + ".rescale");
  }

  void CheckScoreItems(const Score& score, const std::string& path) {
    if (score.items.empty()) Fault(path + ".items", "Items are required.");
    std::set<std::string> seen;
    for (size_t i = 0; i < score.items.size(); ++i) {
      const std::string item_path = absl::StrCat(path, ".items[", i, "]");
      const auto field = fields_.find(score.items[i]);
      if (field == fields_.end()) {
        Report(problems_, item_path, "NAME_UNKNOWN",
               absl::StrCat("There is no item '", score.items[i], "'."));
      } else if (!IsScorable(*field->second)) {
        Fault(item_path, "The item has no numeric value for every choice.");
      }
      if (!seen.insert(score.items[i]).second) Fault(item_path, "The item stands twice.");
    }
    for (size_t i = 0; i < score.reverse.size(); ++i) {
      const std::string reverse_path = absl::StrCat(path, ".reverse[", i, "]");
      const auto field = fields_.find(score.reverse[i]);
      if (seen.count(score.reverse[i]) == 0) {
        Fault(reverse_path, "A reversed item is one of the score's items.");
      } else if (field != fields_.end() && !BoundsOf(instrument_, *field->second)) {
        Fault(reverse_path, "An item without lowest and highest value cannot be reversed.");
      }
    }
  }

  bool IsScorable(const Item& item) const {
    switch (item.type) {
      case ItemType::kInteger:
      case ItemType::kDecimal:
      case ItemType::kScale:
      case ItemType::kComputed:
        return true;
      case ItemType::kSingleChoice:
        break;
      case ItemType::kMatrix:
        if (!item.multiple) break;
        return false;
      default:
        return false;
    }
    const std::vector<Choice>& choices = ChoicesOf(instrument_, item);
    return std::all_of(choices.begin(), choices.end(), [](const Choice& choice) {
      return choice.missing != MissingKind::kNone || ValueOf(choice).has_value();
    });
  }

  void CheckNeeds(const Score& score, const std::string& path) {
    if (!score.needs) return;
    for (size_t i = 0; i < score.needs->size(); ++i) {
      const std::string& name = (*score.needs)[i];
      if (fields_.count(name) > 0 || ids_.count(name) > 0) continue;
      Report(problems_, absl::StrCat(path, ".needs[", i, "]"), "NAME_UNKNOWN",
             absl::StrCat("There is no item or score '", name, "'."));
    }
  }

  void CheckRescale(const Rescale& rescale, const std::string& path) {
    if (rescale == Rescale{}) return;
    if (!rescale.from_low || !rescale.from_high || !rescale.to_low || !rescale.to_high) {
      Fault(path, "All of from_low, from_high, to_low and to_high are required.");
    } else if (*rescale.from_low == *rescale.from_high) {
      Fault(path, "from_low and from_high must differ.");
    }
  }

  // A score may not come from itself, by expression or by need.
  void CheckOrder() {
    std::map<std::string, std::vector<const expression::Expression*>> uses;
    std::deque<expression::Expression> parsed;
    const auto add = [&](const std::string& id, absl::StatusOr<expression::Expression> tree) {
      if (tree.ok()) uses[id].push_back(&parsed.emplace_back(*std::move(tree)));
    };
    for (const Score& score : instrument_.scores) {
      for (const std::string* text : {&score.expression, &score.not_applicable_when}) {
        if (!text->empty()) add(score.id, expression::Parse(*text));
      }
      for (const std::string& name : score.needs.value_or(std::vector<std::string>{})) {
        expression::Builder builder;
        add(score.id, builder.Refer({.event = "", .item = name, .code = ""}).Build());
      }
    }
    const auto order = expression::EvaluationOrder(uses);
    if (!order.ok()) {
      Report(problems_, "scores", error::ReasonOf(order.status()).c_str(),
             std::string(order.status().message()));
    }
  }

  void CheckAlerts() {
    std::set<std::string> seen;
    for (size_t a = 0; a < instrument_.alerts.size(); ++a) {
      const Alert& alert = instrument_.alerts[a];
      const std::string path = absl::StrCat("alerts[", a, "]");
      if (!IsCode(alert.id)) {
        Report(problems_, path + ".id", "CODE_MALFORMED", "An id is required.");
      } else if (!seen.insert(alert.id).second) {
        Report(problems_, path + ".id", "CODE_DUPLICATE", "The id stands twice.");
      }
      if (alert.when.empty())
        Report(problems_, path + ".when", "FIELD_MISSING", "When is required.");
    }
  }

  const Instrument& instrument_;
  std::vector<Problem>& problems_;
  std::map<std::string, const Item*> fields_;
  std::set<std::string> ids_;
};

}  // namespace

void CheckScores(const Instrument& instrument, std::vector<Problem>& problems) {
  ScoreChecker(instrument, problems).Run();
}

}  // namespace reprise::instrument
