// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/machine.h"

#include <cmath>

#include "services/questionnaire/domain/expression/aggregate.h"

namespace reprise::expression {
namespace {

constexpr size_t kInlineHeight = 64;

double Arithmetic(Op op, double a, double b) {
  switch (op) {
    case Op::kAdd: return a + b;
    case Op::kSubtract: return a - b;
    case Op::kMultiply: return a * b;
    case Op::kDivide: return a / b;                // x/0 is infinite or NaN, hence null
    case Op::kRemainder: return std::fmod(a, b);   // the sign of a; x % 0 is NaN
    default:
      // pow(NaN, 0) and pow(1, NaN) are 1, but null stays null.
      return std::isnan(a) || std::isnan(b) ? a + b : std::pow(a, b);
  }
}

Cell Binary(Op op, const Cell& a, const Cell& b) {
  switch (op) {
    case Op::kEqual: return TruthCell(Equal(a, b));
    case Op::kNotEqual: return TruthCell(Not(Equal(a, b)));
    case Op::kLess: return TruthCell(Ordered(a, b, Order::kLess, Order::kLess));
    case Op::kLessOrEqual: return TruthCell(Ordered(a, b, Order::kLess, Order::kEqual));
    case Op::kGreater: return TruthCell(Ordered(a, b, Order::kGreater, Order::kGreater));
    case Op::kGreaterOrEqual: return TruthCell(Ordered(a, b, Order::kGreater, Order::kEqual));
    case Op::kAnd: return TruthCell(And(AsTruth(a), AsTruth(b)));
    case Op::kOr: return TruthCell(Or(AsTruth(a), AsTruth(b)));
    default: return NumberCell(Arithmetic(op, AsNumber(a), AsNumber(b)));
  }
}

// Runs on `stack`, which has room for code.height cells; the result is its first.
void Run(const Code& code, absl::Span<const Value> values, Cell* const stack) {
  const Instruction* const begin = code.instructions.data();
  const Instruction* const end = begin + code.instructions.size();
  Cell* top = stack;  // one past the last
  for (const Instruction* at = begin; at != end; ++at) {
    switch (at->op) {
      case Op::kConstant: *top++ = {at->type, at->number, nullptr}; break;
      case Op::kText: *top++ = {CellType::kText, 0, &code.texts[at->target]}; break;
      case Op::kLoad:
        *top++ = at->target < values.size() ? CellOf(values[at->target]) : NullCell();
        break;
      case Op::kNegate: top[-1] = NumberCell(-AsNumber(top[-1])); break;
      case Op::kNot: top[-1] = TruthCell(Not(AsTruth(top[-1]))); break;
      case Op::kCall:
        top -= at->target;
        *top = CallFunction(at->function, absl::MakeSpan(top, at->target));
        ++top;
        break;
      case Op::kJump: at = begin + at->target - 1; break;
      case Op::kBranch:
        if (AsTruth(*--top) != Truth::kTrue) at = begin + at->target - 1;
        break;
      case Op::kLeaveIfFalse: case Op::kLeaveIfTrue: {
        const Truth decides = at->op == Op::kLeaveIfTrue ? Truth::kTrue : Truth::kFalse;
        if (AsTruth(top[-1]) != decides) break;
        top[-1] = TruthCell(decides);
        at = begin + at->target - 1;
        break;
      }
      case Op::kLeaveIfValue:
        if (top[-1].type != CellType::kNull) at = begin + at->target - 1;
        else --top;
        break;
      default:
        --top;
        top[-1] = Binary(at->op, top[-1], *top);
    }
  }
}

template <typename Use>
auto RunWithStack(const Code& code, absl::Span<const Value> values, Use use) {
  if (code.height <= kInlineHeight) {
    Cell stack[kInlineHeight];
    Run(code, values, stack);
    return use(stack[0]);
  }
  std::vector<Cell> stack(code.height);
  Run(code, values, stack.data());
  return use(stack[0]);
}

}  // namespace

Value Program::Evaluate(absl::Span<const Value> values) const {
  return RunWithStack(*code_, values, [](const Cell& cell) { return ValueOf(cell); });
}

bool Program::Holds(absl::Span<const Value> values) const {
  return RunWithStack(*code_, values,
                      [](const Cell& cell) { return AsTruth(cell) == Truth::kTrue; });
}

}  // namespace reprise::expression
