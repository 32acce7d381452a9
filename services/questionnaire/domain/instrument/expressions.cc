// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/expressions.h"

#include "services/questionnaire/domain/instrument/values.h"

namespace reprise::instrument {
namespace {

expression::ItemType TypeOf(const Item& item) {
  switch (item.type) {
    case ItemType::kSingleChoice:
      return expression::ItemType::kChoice;
    case ItemType::kMultipleChoice:
      return expression::ItemType::kBoxes;
    case ItemType::kMatrix:
      return item.multiple ? expression::ItemType::kBoxes : expression::ItemType::kChoice;
    case ItemType::kInteger:
      return expression::ItemType::kInteger;
    case ItemType::kDecimal:
    case ItemType::kScale:
      return expression::ItemType::kNumber;
    case ItemType::kDate:
      return expression::ItemType::kDate;
    case ItemType::kPartialDate:
    case ItemType::kTime:
    case ItemType::kText:
      return expression::ItemType::kText;
    default:
      return expression::ItemType::kAny;
  }
}

}  // namespace

expression::Symbol SymbolOf(const Instrument& instrument, const Field& field) {
  expression::Symbol symbol;
  symbol.type = TypeOf(*field.item);
  if (symbol.type == expression::ItemType::kChoice || symbol.type == expression::ItemType::kBoxes) {
    for (const Choice& choice : ChoicesOf(instrument, *field.item)) {
      if (choice.missing == MissingKind::kNone) symbol.codes.push_back(choice.code);
    }
  }
  if (symbol.type == expression::ItemType::kNumber ||
      symbol.type == expression::ItemType::kInteger) {
    symbol.minimum = OrdinalOf(field.item->type, field.item->hard.min);
    symbol.maximum = OrdinalOf(field.item->type, field.item->hard.max);
    if (field.item->type == ItemType::kScale) {
      symbol.minimum = field.item->scale.min;
      symbol.maximum = field.item->scale.max;
    }
  }
  return symbol;
}

expression::Symbols ItemSymbols(const Instrument& instrument) {
  expression::Symbols symbols;
  for (const Field& field : FieldsOf(instrument)) {
    symbols.items.emplace(field.code(), SymbolOf(instrument, field));
  }
  return symbols;
}

expression::Symbols AllSymbols(const Instrument& instrument) {
  expression::Symbols symbols = ItemSymbols(instrument);
  for (const Score& score : instrument.scores) {
    expression::Symbol symbol;
    symbol.type = expression::ItemType::kNumber;
    symbols.items.emplace(score.id, symbol);
  }
  return symbols;
}

}  // namespace reprise::instrument
