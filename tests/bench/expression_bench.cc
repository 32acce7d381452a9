// SPDX-License-Identifier: Apache-2.0
// Evaluations per second on one core, names bound once, over 1000 rows of answers of which one in
// ten is blank; and what parsing costs.
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "services/platform/status.h"
#include "services/questionnaire/domain/expression/check.h"

namespace reprise::expression {
namespace {

constexpr int kItems = 9;
constexpr int kRows = 1000;

std::string Items(const char* separator) {
  std::string text;
  for (int i = 0; i < kItems; ++i) {
    if (i > 0) text += separator;
    text += "[i" + std::to_string(i) + "]";
  }
  return text;
}

std::string TextOf(int which) {
  switch (which) {
    case 0: return "[i0] = '1' and [i1] > 1";
    case 1: return "sum(" + Items(", ") + ")";
    case 2: return "band(prorate(7, " + Items(", ") + "), 5, 10, 15, 20)";
    case 3: return "(" + Items(" + ") + ") / 9 * 100";
    case 4: return "round(mean(" + Items(", ") + ") * 33.333, 2)";
    case 5:
      return "if([i0] >= 2 or [i1] >= 2, if(in([i2], 1, 3), [i3] ^ 2, [i4]), rev([i5], 0, 3))";
    default: return "fullyears('1980-02-29', [day]) + datediff([day], '2024-01-01', 'y')";
  }
}

constexpr const char* kNames[] = {"condition",   "sum of 9",     "prorated and banded",
                                  "8 additions", "rounded mean", "nested branches",
                                  "dates"};

void EvaluateBound(benchmark::State& state) {
  const int which = static_cast<int>(state.range(0));
  std::map<Reference, size_t> slots{{{"", "day", ""}, kItems}};
  for (int i = 0; i < kItems; ++i)
    slots[{"", "i" + std::to_string(i), ""}] = static_cast<size_t>(i);
  std::mt19937 source(7);
  std::vector<std::vector<Value>> rows(kRows);
  for (std::vector<Value>& row : rows) {
    for (int i = 0; i < kItems; ++i)
      row.push_back(source() % 10 == 0 ? Value::Null() : Value::Number(source() % 4));
    row.push_back(Value::DateOfDays(static_cast<int32_t>(source() % 20000)));
  }
  const absl::StatusOr<Expression> tree = Parse(TextOf(which));
  REPRISE_CHECK(tree.ok());
  const absl::StatusOr<Program> program = Program::Bind(*tree, slots);
  REPRISE_CHECK(program.ok());
  for (auto _ : state) {
    for (const std::vector<Value>& row : rows) benchmark::DoNotOptimize(program->Evaluate(row));
  }
  state.SetLabel(kNames[which]);
  state.SetItemsProcessed(state.iterations() * kRows);
}
BENCHMARK(EvaluateBound)->DenseRange(0, 6);

void ParseText(benchmark::State& state) {
  const std::string text = TextOf(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(Parse(text));
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(ParseText)->Arg(0)->Arg(2);

// The worst that the limits allow.
void ParseRefused(benchmark::State& state) {
  const std::string deep(100000, '(');
  const std::string wide(1 << 20, '1');
  for (auto _ : state) benchmark::DoNotOptimize(Parse(state.range(0) == 0 ? deep : wide));
  state.SetLabel(state.range(0) == 0 ? "100000 parentheses" : "1 MiB line");
}
BENCHMARK(ParseRefused)->Arg(0)->Arg(1);

void CheckBranching(benchmark::State& state) {
  std::vector<FormItem> items;
  for (int i = 0; i < 200; ++i) {
    FormItem item{.name = "i" + std::to_string(i),
                  .symbol = {.type = ItemType::kChoice, .codes = {"0", "1", "2", "3"}}};
    if (i >= 10)
      item.shown_if = *Parse("[i" + std::to_string(i % 10) + "] >= 2 and [i" +
                             std::to_string((i + 1) % 10) + "] < 3");
    items.push_back(std::move(item));
  }
  for (auto _ : state) benchmark::DoNotOptimize(CheckForm(items));
  state.SetLabel("form of 200 items, 190 conditions");
}
BENCHMARK(CheckBranching)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reprise::expression

BENCHMARK_MAIN();
