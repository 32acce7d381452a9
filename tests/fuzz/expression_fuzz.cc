// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes: an error with a place, or a tree whose canonical text gives the same tree and
// whose value is finite. An input that begins with a zero byte drives the Builder instead of Parse.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/questionnaire/domain/expression/check.h"

namespace reprise::expression {
namespace {

// The same few answers for every reference, by its number.
Value AnswerOf(size_t i) {
  switch (i % 7) {
    case 0: return Value::Number(3);
    case 1: return Value::Null();
    case 2: return Value::Text("2.50");
    case 3: return Value::DateOfDays(20000);
    case 4: return Value::Boolean(true);
    case 5: return Value::Text("oui");
    default: return Value::Number(-1e308);
  }
}

// The tree as the branching, value and constraint of items that it may refer to.
void CheckBranching(const Expression& tree, const Symbols& symbols) {
  std::vector<FormItem> items;
  for (const auto& [name, symbol] : symbols.items)
    items.push_back({.name = name, .symbol = symbol});
  items.push_back({.name = "shown", .symbol = {}, .required = true, .shown_if = tree});
  items.push_back({.name = "computed", .symbol = {}, .value = tree, .constraint = tree});
  CheckForm(items, {}, {.evaluations = 20});
}

void Use(const Expression& tree) {
  const std::string text = Print(tree);
  const absl::StatusOr<Expression> again = Parse(text);
  // Only the length of the text may stand against it; the limits of depth and parts are the tree's.
  if (text.size() <= kMaxBytes)
    REPRISE_CHECK(again.ok() && *again == tree && Print(*again) == text);
  std::map<Reference, size_t> slots;
  std::vector<Value> values;
  Symbols symbols;
  for (const Reference& reference : tree.references()) {
    symbols.items[reference.item].type = static_cast<ItemType>(values.size() % 8);
    slots.emplace(reference, values.size());
    values.push_back(AnswerOf(values.size()));
  }
  const absl::StatusOr<Program> program = Program::Bind(tree, slots);
  REPRISE_CHECK(program.ok());
  const Value value = program->Evaluate(values);
  REPRISE_CHECK(std::isfinite(value.number()));
  REPRISE_CHECK(program->Holds(values) == value.IsTrue());
  REPRISE_CHECK(Checked(Check(tree, symbols)).problems.size() < 10 * kMaxNodes);
  REPRISE_CHECK(!Explain(tree).empty());
  CheckBranching(tree, symbols);
}

absl::StatusOr<Expression> Build(const uint8_t* data, size_t size) {
  Builder builder;
  for (size_t i = 0; i < size && builder.status().ok(); ++i) {
    const uint8_t byte = data[i];
    switch (byte % 8) {
      case 0: builder.Number(byte / 8 * 0.3); break;
      case 1: builder.Text(std::string(byte / 64, static_cast<char>('!' + byte % 16))); break;
      case 2: builder.Refer({"", std::string(1, static_cast<char>('a' + byte / 16)), ""}); break;
      case 3: builder.Boolean(byte > 128); break;
      case 4: builder.Text("2024-02-29"); break;
      case 5:
        builder.Call(static_cast<Function>(byte / 8), i + 1 < size ? data[i + 1] % 6 : 1);
        break;
      default: builder.Operator(static_cast<Kind>(byte / 8)); break;
    }
  }
  return builder.Build();
}

}  // namespace
}  // namespace reprise::expression

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace reprise::expression;  // a C entry point stands outside every namespace
  if (size > 0 && data[0] == 0) {
    if (const auto tree = Build(data + 1, size - 1); tree.ok()) Use(*tree);
    return 0;
  }
  const auto tree = Parse(absl::string_view(reinterpret_cast<const char*>(data), size));
  if (tree.ok()) Use(*tree);
  else REPRISE_CHECK(reprise::error::DetailOf(tree.status()).metadata.count("line") == 1);
  return 0;
}
