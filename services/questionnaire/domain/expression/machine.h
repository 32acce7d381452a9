// SPDX-License-Identifier: Apache-2.0
// What a Program is made of: instructions for a stack machine. Inner to the expression engine.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_MACHINE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/questionnaire/domain/expression/cell.h"
#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::expression {

enum class Op : uint8_t {
  kConstant, kText, kLoad,
  kNegate, kNot, kAdd, kSubtract, kMultiply, kDivide, kRemainder, kPower,
  kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kAnd, kOr,
  kCall,
  kJump,          // to target
  kBranch,        // drops the condition; to target unless it was true
  kLeaveIfFalse,  // keeps a certain false and goes to target
  kLeaveIfTrue,   // keeps a certain true and goes to target
  kLeaveIfValue,  // keeps what is not null and goes to target, drops null
};

struct Instruction {
  Op op = Op::kConstant;
  CellType type = CellType::kNull;      // kConstant
  Function function = Function::kNone;  // kCall
  uint32_t target = 0;  // slot, text, instruction or number of arguments
  double number = 0;    // kConstant
};

struct Code {
  std::vector<Instruction> instructions;
  std::vector<std::string> texts;
  size_t height = 0;  // of the stack at its highest
};

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_MACHINE_H_
