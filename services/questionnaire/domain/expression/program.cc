// SPDX-License-Identifier: Apache-2.0
// Compiles a tree to a straight list of instructions (with jumps for if, and, or, coalesce), made
// in one pass over the postfix nodes; the machine that runs it is machine.cc.
#include <algorithm>
#include <utility>

#include "services/platform/status.h"
#include "services/questionnaire/domain/expression/errors.h"
#include "services/questionnaire/domain/expression/expression.h"
#include "services/questionnaire/domain/expression/functions.h"
#include "services/questionnaire/domain/expression/machine.h"

namespace reprise::expression {
namespace {

class Compiler {
 public:
  Compiler(const Expression& from, const std::vector<size_t>& slots, Code& code)
      : from_(from), slots_(slots), code_(code), owners_(from.nodes().size(), kNobody) {}

  void Run() {
    const std::vector<Node>& nodes = from_.nodes();
    code_.texts = from_.texts();
    FindOwners();
    for (size_t i = 0; i < nodes.size(); ++i) {
      if (owners_[i].parent != kNobody.parent) BeforeOperand(owners_[i]);
      if (nodes[i].arguments == 0) Leaf(nodes[i]);
      else Operation(i);
    }
  }

 private:
  // A lazy operand: the node whose `operand`-th operand (not the first) begins at some position.
  struct Owner {
    size_t parent;
    size_t operand;
  };
  static constexpr Owner kNobody{static_cast<size_t>(-1), 0};

  static bool IsLazy(const Node& node) {
    return node.kind == Kind::kAnd || node.kind == Kind::kOr || node.function == Function::kIf ||
           node.function == Function::kCoalesce;
  }

  void FindOwners() {
    for (size_t i = 0; i < from_.nodes().size(); ++i) {
      if (!IsLazy(from_.nodes()[i])) continue;
      const std::vector<Term> operands = Term(from_, i).arguments();
      for (size_t k = 1; k < operands.size(); ++k) {
        owners_[operands[k].position() + 1 - operands[k].node().size] = {i, k};
      }
    }
  }

  size_t Emit(Instruction instruction) {
    code_.instructions.push_back(instruction);
    return code_.instructions.size() - 1;
  }

  void Grow() { code_.height = std::max(code_.height, ++height_); }

  // Between the operands of a lazy node stands the jump that leaves the rest out.
  void BeforeOperand(const Owner& owner) {
    const Node& node = from_.nodes()[owner.parent];
    if (node.function == Function::kIf) {
      if (owner.operand == 2) jumps_[owner.parent].push_back(Emit({.op = Op::kJump}));
      else branches_[owner.parent] = Emit({.op = Op::kBranch});
      if (owner.operand == 2) Aim(branches_[owner.parent]);
      --height_;  // the condition, or the other branch's result, is not there
      return;
    }
    const Op op = node.kind == Kind::kAnd  ? Op::kLeaveIfFalse
                  : node.kind == Kind::kOr ? Op::kLeaveIfTrue
                                           : Op::kLeaveIfValue;
    jumps_[owner.parent].push_back(Emit({.op = op}));
    if (op == Op::kLeaveIfValue) --height_;  // otherwise dropped
  }

  void Aim(size_t jump) {
    code_.instructions[jump].target = static_cast<uint32_t>(code_.instructions.size());
  }

  void Leaf(const Node& node) {
    Grow();
    switch (node.kind) {
      case Kind::kText:
        Emit({.op = Op::kText, .target = node.index});
        break;
      case Kind::kReference:
        Emit({.op = Op::kLoad, .target = static_cast<uint32_t>(slots_[node.index])});
        break;
      case Kind::kNumber:
        Emit({.op = Op::kConstant, .type = CellType::kNumber, .number = node.number});
        break;
      case Kind::kBoolean:
        Emit({.op = Op::kConstant, .type = CellType::kBoolean, .number = node.number});
        break;
      case Kind::kDate:
        Emit({.op = Op::kConstant, .type = CellType::kDate, .number = node.number});
        break;
      default: Emit({.op = Op::kConstant, .type = CellType::kNull});
    }
    leaves_.push_back(code_.instructions.size() - 1);
  }

  void Operation(size_t position) {
    const Node& node = from_.nodes()[position];
    const size_t first = leaves_.size() - node.arguments;
    if (IsComparison(node.kind) || node.function == Function::kIn) {
      const bool tests_blank = node.kind == Kind::kEqual || node.kind == Kind::kNotEqual ||
                               node.function == Function::kIn;
      for (size_t i = first; i < leaves_.size(); ++i) Specialise(leaves_[i], tests_blank);
    }
    leaves_.resize(first);
    leaves_.push_back(kNoLeaf);
    if (node.function != Function::kIf && node.function != Function::kCoalesce) {
      Emit({.op = OpOf(node.kind), .function = node.function, .target = node.arguments});
      height_ -= node.arguments - 1;
    }
    const auto jumps = jumps_.find(position);
    if (jumps == jumps_.end()) return;
    for (const size_t jump : jumps->second) Aim(jump);
    jumps_.erase(jumps);
  }

  // A literal that is compared: '1' is the number 1, and '' tests for blank.
  void Specialise(size_t leaf, bool tests_blank) {
    if (leaf == kNoLeaf) return;
    Instruction& literal = code_.instructions[leaf];
    double number = 0;
    if (literal.op == Op::kText && NumberOfText(code_.texts[literal.target], &number)) {
      literal = {.op = Op::kConstant, .type = CellType::kNumber, .number = number};
    } else if (tests_blank && literal.op == Op::kConstant && literal.type == CellType::kNull) {
      literal.type = CellType::kBlankMark;
    }
  }

  static Op OpOf(Kind kind) {
    switch (kind) {
      case Kind::kNegate: return Op::kNegate;
      case Kind::kNot: return Op::kNot;
      case Kind::kAdd: return Op::kAdd;
      case Kind::kSubtract: return Op::kSubtract;
      case Kind::kMultiply: return Op::kMultiply;
      case Kind::kDivide: return Op::kDivide;
      case Kind::kRemainder: return Op::kRemainder;
      case Kind::kPower: return Op::kPower;
      case Kind::kEqual: return Op::kEqual;
      case Kind::kNotEqual: return Op::kNotEqual;
      case Kind::kLess: return Op::kLess;
      case Kind::kLessOrEqual: return Op::kLessOrEqual;
      case Kind::kGreater: return Op::kGreater;
      case Kind::kGreaterOrEqual: return Op::kGreaterOrEqual;
      case Kind::kAnd: return Op::kAnd;
      case Kind::kOr: return Op::kOr;
      default: return Op::kCall;
    }
  }

  static constexpr size_t kNoLeaf = static_cast<size_t>(-1);
  const Expression& from_;
  const std::vector<size_t>& slots_;
  Code& code_;
  std::vector<Owner> owners_;             // by the position where an operand begins
  std::map<size_t, std::vector<size_t>> jumps_;  // of a node, to its end
  std::map<size_t, size_t> branches_;     // of an if, to its else
  std::vector<size_t> leaves_;  // of open operands, their instruction if it is one literal
  size_t height_ = 0;
};

absl::Status Unbound(const Expression& expression, const Reference& reference,
                     const std::map<Reference, size_t>& slots) {
  Place place;
  for (size_t i = 0; i < expression.nodes().size(); ++i) {
    const Term term(expression, i);
    if (term.kind() != Kind::kReference || term.reference() != reference) continue;
    place = term.place();
    break;
  }
  std::vector<std::string> names;
  for (const auto& [known, slot] : slots) names.push_back(ToString(known));
  return NameUnknown(place, reference, Nearest(ToString(reference), names));
}

}  // namespace

absl::StatusOr<Program> Program::Bind(const Expression& expression,
                                      const std::map<Reference, size_t>& slots) {
  std::vector<size_t> of_references;
  for (const Reference& reference : expression.references()) {
    const auto slot = slots.find(reference);
    if (slot == slots.end()) return Unbound(expression, reference, slots);
    of_references.push_back(slot->second);
  }
  auto code = std::make_unique<Code>();
  Compiler(expression, of_references, *code).Run();
  return Program(std::move(code));
}

Program::Program(std::unique_ptr<const Code> code) : code_(std::move(code)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

Value Evaluate(const Expression& expression, const Bindings& bindings) {
  std::map<Reference, size_t> slots;
  std::vector<Value> values;
  for (const Reference& reference : expression.references()) {
    slots.emplace(reference, values.size());
    const auto bound = bindings.find(reference);
    values.push_back(bound == bindings.end() ? Value::Null() : bound->second);
  }
  const absl::StatusOr<Program> program = Program::Bind(expression, slots);
  REPRISE_CHECK(program.ok());  // each of its references has a slot
  return program->Evaluate(values);
}

}  // namespace reprise::expression
