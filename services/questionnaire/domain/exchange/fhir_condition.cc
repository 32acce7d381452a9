// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhir_condition.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"
#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::exchange {
namespace {

using expression::Kind;
using expression::Term;
using instrument::ItemType;

absl::Status NotTranslated(const std::string& why) {
  return error::InvalidField("enableWhen", "ENABLE_WHEN_NOT_TRANSLATED", why);
}

// The answer of one condition as a literal of ours, or none.
std::optional<std::string> LiteralOf(const Json& when, const Asked& asked) {
  for (const auto& [key, value] : when.items()) {
    if (key == "answerBoolean" && value.is_boolean())
      return std::string(value.get<bool>() ? "'1'" : "'0'");
    if (key == "answerCoding" || key == "answerString" || key == "answerDate" ||
        key == "answerTime") {
      std::string code = key == "answerCoding" ? StringAt(value, "code")
                         : value.is_string()   ? value.get<std::string>()
                                               : "";
      if (code.empty() && key == "answerCoding") code = StringAt(value, "display");
      const auto ours = asked.codes.find(code);
      if (ours != asked.codes.end())
        code = ours->second;
      else if (key == "answerCoding")
        return std::nullopt;
      if (code.empty() || code.find_first_of("'\\") != std::string::npos) return std::nullopt;
      return absl::StrCat("'", code, "'");
    }
    if (key == "answerInteger" || key == "answerDecimal") {
      const auto number = NumberOf(value);
      if (number) return text::FormatDouble(*number);
    }
    if (key == "answerQuantity" && value.is_object() && value.contains("value")) {
      const auto number = NumberOf(value["value"]);
      if (number) return text::FormatDouble(*number);
    }
  }
  return std::nullopt;
}

// `exists`: whether there is an answer; with boxes, whether one is ticked.
absl::StatusOr<std::string> Existence(const Json& when, const Asked& asked) {
  if (!when.contains("answerBoolean") || !when["answerBoolean"].is_boolean()) {
    return NotTranslated("'exists' asks for true or false.");
  }
  const bool exists = when["answerBoolean"].get<bool>();
  if (asked.type != ItemType::kMultipleChoice) {
    return absl::StrCat(exists ? "not " : "", "isblank([", asked.code, "])");
  }
  std::vector<std::string> ticked;
  for (const auto& [theirs, ours] : asked.codes) {
    ticked.push_back(absl::StrCat("[", asked.code, "(", ours, ")] = '1'"));
  }
  std::sort(ticked.begin(), ticked.end());
  const std::string any = absl::StrCat("(", absl::StrJoin(ticked, " or "), ")");
  return exists ? any : absl::StrCat("not coalesce(", any, ", 1 = 0)");
}

absl::StatusOr<std::string> OneCondition(const Json& when, const AskedByName& by_link) {
  const std::string question = StringAt(when, "question");
  const auto at = by_link.find(question);
  if (at == by_link.end())
    return NotTranslated(absl::StrCat("No item with an answer has the linkId '", question, "'."));
  const Asked& asked = at->second;
  const bool boxes = asked.type == ItemType::kMultipleChoice;
  const std::string operation = StringAt(when, "operator");
  if (operation == "exists") return Existence(when, asked);
  const auto literal = LiteralOf(when, asked);
  if (!literal) return NotTranslated("The answer that is asked for is no value of that item.");
  const std::string reference =
      boxes ? absl::StrCat("[", asked.code, "(", literal->substr(1, literal->size() - 2), ")]")
            : absl::StrCat("[", asked.code, "]");
  if (operation == "=") return absl::StrCat(reference, " = ", boxes ? "'1'" : *literal);
  if (operation == "!=") {
    return boxes ? absl::StrCat("coalesce(", reference, ", 0) = 0")
                 : absl::StrCat("([", asked.code, "] <> ", *literal, " or isblank([", asked.code,
                                "]))");
  }
  if (boxes) return NotTranslated("Several choices have no order.");
  if (operation == "<" || operation == "<=" || operation == ">" || operation == ">=") {
    return absl::StrCat(reference, " ", operation, " ", *literal);
  }
  return NotTranslated(absl::StrCat("The operator '", operation.substr(0, 20), "' is not known."));
}

// A number of ours as the answer of a numeric item. False where the item is none.
bool WriteNumber(const Asked& asked, const std::string& literal, Json& when) {
  const auto number = text::ParseDouble(literal, "literal");
  if (!number.ok()) return false;
  constexpr double kMostExact = 1e15;
  if (asked.type == ItemType::kInteger && std::abs(*number) < kMostExact &&
      *number == std::trunc(*number)) {
    when["answerInteger"] = static_cast<int64_t>(*number);
    return true;
  }
  if (asked.type != ItemType::kDecimal && asked.type != ItemType::kScale) return false;
  when["answerDecimal"] = *number;
  return true;
}

// One comparison of ours as an enableWhen, or none.
std::optional<Json> OneWhen(const Term& term, const AskedByName& by_code) {
  constexpr std::pair<Kind, const char*> kOperators[] = {{Kind::kEqual, "="},
                                                         {Kind::kLess, "<"},
                                                         {Kind::kLessOrEqual, "<="},
                                                         {Kind::kGreater, ">"},
                                                         {Kind::kGreaterOrEqual, ">="}};
  const auto* const found = std::find_if(std::begin(kOperators), std::end(kOperators),
                                         [&](const auto& o) { return o.first == term.kind(); });
  if (found == std::end(kOperators) || term.argument(0).kind() != Kind::kReference)
    return std::nullopt;
  const expression::Reference& reference = term.argument(0).reference();
  const Term right = term.argument(1);
  const auto at = by_code.find(reference.item);
  if (at == by_code.end() || !reference.event.empty()) return std::nullopt;
  const Asked& asked = at->second;
  Json when = {{"question", asked.link_id}, {"operator", found->second}};
  const std::string literal = right.kind() == Kind::kText     ? right.text()
                              : right.kind() == Kind::kNumber ? text::FormatDouble(right.number())
                                                              : "";
  const auto their_code = [&](const std::string& ours) {
    const auto theirs = asked.codes.find(ours);
    return theirs == asked.codes.end() ? ours : theirs->second;
  };
  if (asked.type == ItemType::kMultipleChoice) {
    if (term.kind() != Kind::kEqual || literal != "1" || reference.code.empty())
      return std::nullopt;
    when["answerCoding"] = {{"code", their_code(reference.code)}};
    return when;
  }
  if (!reference.code.empty() || literal.empty()) return std::nullopt;
  if (asked.type == ItemType::kSingleChoice) {
    if (term.kind() != Kind::kEqual) return std::nullopt;  // codings have no order
    when["answerCoding"] = {{"code", their_code(literal)}};
    return when;
  }
  if (!WriteNumber(asked, literal, when)) return std::nullopt;
  return when;
}

// The parts of a chain of one operator: `a or b or c`.
void Flatten(const Term& term, Kind kind, std::vector<Term>& parts) {
  if (term.kind() != kind) return parts.push_back(term);
  Flatten(term.argument(0), kind, parts);
  Flatten(term.argument(1), kind, parts);
}

}  // namespace

absl::StatusOr<std::string> FromEnableWhen(const Json& item, const AskedByName& by_link) {
  const Json& list = item["enableWhen"];
  if (!list.is_array() || list.empty()) return NotTranslated("A list of conditions is expected.");
  const std::string behaviour = StringAt(item, "enableBehavior");
  if (list.size() > 1 && behaviour != "all" && behaviour != "any") {
    return NotTranslated("Several conditions need an enableBehavior, all or any.");
  }
  std::vector<std::string> parts;
  for (const Json& when : list) {
    if (!when.is_object()) return NotTranslated("A condition is an object.");
    REPRISE_ASSIGN_OR_RETURN(std::string part, OneCondition(when, by_link));
    parts.push_back(std::move(part));
  }
  return absl::StrJoin(parts, behaviour == "any" ? " or " : " and ");
}

bool ToEnableWhen(const std::string& shown_if, const AskedByName& by_code, Json& item) {
  const auto parsed = expression::Parse(shown_if);
  if (!parsed.ok()) return false;
  const Kind kind = parsed->root().kind();
  std::vector<Term> parts;
  if (kind == Kind::kOr || kind == Kind::kAnd)
    Flatten(parsed->root(), kind, parts);
  else
    parts.push_back(parsed->root());
  Json list = Json::array();
  for (const Term& part : parts) {
    auto when = OneWhen(part, by_code);
    if (!when) return false;
    list.push_back(*std::move(when));
  }
  item["enableWhen"] = std::move(list);
  if (parts.size() > 1) item["enableBehavior"] = kind == Kind::kOr ? "any" : "all";
  return true;
}

}  // namespace reprise::exchange
