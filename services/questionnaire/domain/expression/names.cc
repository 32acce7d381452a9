// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/names.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/expression/cell.h"
#include "services/questionnaire/domain/expression/functions.h"

namespace reprise::expression {
namespace {

template <typename Map>
std::string NearestKey(absl::string_view name, const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return Nearest(name, keys);
}

Problem Wrong(const char* reason, Place place, std::string message, std::string suggestion = "") {
  if (!suggestion.empty()) absl::StrAppend(&message, " Did you mean ", suggestion, "?");
  return {.severity = Severity::kError, .reason = reason, .message = std::move(message),
          .place = place, .suggestion = std::move(suggestion)};
}

Value ValueOfLiteral(const Term& literal) {
  switch (literal.kind()) {
    case Kind::kNumber: return Value::Number(literal.number());
    case Kind::kText: return Value::Text(literal.text());
    case Kind::kDate: return Value::DateOfDays(static_cast<int32_t>(literal.number()));
    case Kind::kBoolean: return Value::Boolean(literal.number() != 0);
    default: return Value::Null();
  }
}

std::optional<Problem> CodeProblem(const Symbol& symbol, const Reference& reference, Place place) {
  const std::string name = ToString(reference);
  if (symbol.type == ItemType::kAny) return std::nullopt;
  if (symbol.type != ItemType::kBoxes) {
    if (reference.code.empty()) return std::nullopt;
    return Wrong("CODE_UNEXPECTED", place,
                 absl::StrCat("The item of ", name, " has no boxes to tick."),
                 ToString({reference.event, reference.item, ""}));
  }
  if (reference.code.empty()) {
    const std::string first = symbol.codes.empty() ? "code" : symbol.codes[0];
    return Wrong("CODE_MISSING", place,
                 absl::StrCat("The item ", name, " has boxes; one of them is meant, as in [",
                              reference.item, "(", first, ")]."));
  }
  if (symbol.codes.empty()) return std::nullopt;
  if (std::count(symbol.codes.begin(), symbol.codes.end(), reference.code) > 0) return std::nullopt;
  const std::string nearest = Nearest(reference.code, symbol.codes);
  return Wrong("CODE_UNKNOWN", place, absl::StrCat("There is no box ", name, "."),
               nearest.empty() ? "" : ToString({reference.event, reference.item, nearest}));
}

}  // namespace

bool CodesAreNumbers(const Symbol& symbol) {
  return std::all_of(symbol.codes.begin(), symbol.codes.end(), [](const std::string& code) {
    double number = 0;
    return NumberOfText(code, &number);
  });
}

ResultType TypeOf(const Symbol& symbol) {
  switch (symbol.type) {
    case ItemType::kAny: return ResultType::kAny;
    case ItemType::kNumber:
    case ItemType::kInteger:
    case ItemType::kBoxes:
      return ResultType::kNumber;
    case ItemType::kBoolean: return ResultType::kBoolean;
    case ItemType::kText: return ResultType::kText;
    case ItemType::kDate: return ResultType::kDate;
    case ItemType::kChoice: break;
  }
  if (symbol.codes.empty()) return ResultType::kAny;
  return CodesAreNumbers(symbol) ? ResultType::kNumber : ResultType::kText;
}

bool HasCode(const Symbol& symbol, const Term& literal) {
  const Value value = ValueOfLiteral(literal);
  return std::any_of(symbol.codes.begin(), symbol.codes.end(), [&](const std::string& code) {
    const Value of_code = Value::Text(code);
    return Equal(CellOf(of_code), CellOf(value)) == Truth::kTrue;
  });
}

std::string NearestCode(const Symbol& symbol, const Term& literal) {
  return Nearest(ValueOfLiteral(literal).ToString(), symbol.codes);
}

Named Find(const Symbols& symbols, const Reference& reference, Place place) {
  const std::map<std::string, Symbol>* items = &symbols.items;
  if (!reference.event.empty()) {
    if (!symbols.events_known) return {};
    const auto event = symbols.events.find(reference.event);
    if (event == symbols.events.end()) {
      const std::string nearest = NearestKey(reference.event, symbols.events);
      return {ResultType::kAny, nullptr,
              Wrong("EVENT_UNKNOWN", place,
                    absl::StrCat("There is no event of ", ToString(reference), "."),
                    nearest.empty() ? "" : ToString({nearest, reference.item, reference.code}))};
    }
    items = &event->second;
  }
  const auto found = items->find(reference.item);
  if (found == items->end()) {
    const std::string nearest = NearestKey(reference.item, *items);
    return {
        ResultType::kAny, nullptr,
        Wrong("NAME_UNKNOWN", place, absl::StrCat("There is no item ", ToString(reference), "."),
              nearest.empty() ? "" : ToString({reference.event, nearest, reference.code}))};
  }
  return {TypeOf(found->second), &found->second, CodeProblem(found->second, reference, place)};
}

}  // namespace reprise::expression
