// SPDX-License-Identifier: Apache-2.0
// The tree of an expression, kept flat: nodes in postfix order, the root last, so that no walk
// recurses and a copy is one block. Read it through Term:
//   Term root = expression.root();
//   if (root.kind() == Kind::kEqual) Use(root.argument(0), root.argument(1));
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_AST_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_AST_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::expression {

// Limits of one expression; beyond them Parse refuses.
inline constexpr size_t kMaxBytes = 262144;
inline constexpr size_t kMaxNodes = 10000;
inline constexpr int kMaxDepth = 64;  // nested parentheses, calls, signs, right operands

enum class Kind : uint8_t {
  kNumber, kText, kDate, kBoolean, kBlank,  // literals; kBlank is ''
  kReference,
  kNegate, kNot,  // one argument
  kAdd, kSubtract, kMultiply, kDivide, kRemainder, kPower,  // two
  kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual,  // two
  kAnd, kOr,  // two
  kCall,  // a function with its arguments
};

enum class Function : uint8_t {
  kNone, kSum, kMean, kMin, kMax, kMedian, kSd, kCount, kAbs, kSqrt, kLn, kExp, kRound, kRoundUp,
  kRoundDown, kIf, kCoalesce, kIsBlank, kIn, kBetween, kRev, kProrate, kBand, kDateDiff, kFullYears,
};

// [item], [event][item], [box(code)], [event][box(code)]; absent parts are empty.
struct Reference {
  std::string event;
  std::string item;
  std::string code;
  friend auto operator<=>(const Reference&, const Reference&) = default;
  friend bool operator==(const Reference&, const Reference&) = default;
};

// `[event][box(code)]`, with its brackets.
std::string ToString(const Reference& reference);
// The text with or without its outer brackets: `a`, `[a]`, `c(3)`, `[v1][a]`, `v1][a`.
//   INVALID_ARGUMENT EXPRESSION_SYNTAX
absl::StatusOr<Reference> ParseReference(absl::string_view text);

// 1-based; columns count characters, not bytes.
struct Place {
  int line = 1;
  int column = 1;
  friend bool operator==(const Place&, const Place&) = default;
};

struct Node {
  Kind kind = Kind::kBlank;
  Function function = Function::kNone;
  uint32_t arguments = 0;  // how many
  uint32_t size = 1;       // nodes of the subtree, itself included
  uint32_t index = 0;      // of kText in texts, of kReference in references
  double number = 0;       // kNumber >= 0; kBoolean 0 or 1; kDate days since 1970-01-01
  Place place;             // of its first character (of the operator, for operators)
};

class Term;

// What Parse, the proto conversion and Builder make. Immutable; cheap to move.
class Expression {
 public:
  Expression() = default;  // the blank literal
  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<std::string>& texts() const { return texts_; }
  // Each reference once, in the order of first appearance.
  const std::vector<Reference>& references() const { return references_; }
  Term root() const;
  // The same tree; places do not count.
  friend bool operator==(const Expression& a, const Expression& b);

 private:
  friend class Builder;
  std::vector<Node> nodes_ = std::vector<Node>(1);
  std::vector<std::string> texts_;
  std::vector<Reference> references_;
};

// A node in its expression, which must outlive it. Cheap to copy.
class Term {
 public:
  Term(const Expression& expression, size_t position)
      : expression_(&expression), position_(position) {}
  Kind kind() const { return node().kind; }
  Function function() const { return node().function; }
  Place place() const { return node().place; }
  size_t size() const { return node().arguments; }     // how many arguments
  Term argument(size_t i) const;                       // requires i < size()
  std::vector<Term> arguments() const;
  double number() const { return node().number; }      // kNumber, kBoolean (0 or 1), kDate (days)
  const std::string& text() const { return expression_->texts()[node().index]; }            // kText
  const Reference& reference() const {
    return expression_->references()[node().index];
  }                                                    // kReference
  size_t position() const { return position_; }        // in nodes()
  const Node& node() const { return expression_->nodes()[position_]; }
  // The subtree as an expression of its own, places kept.
  Expression Subtree() const;

 private:
  const Expression* expression_;
  size_t position_;
};

// Makes a tree in postfix order: operands first, then their operator. Status of Build tells what
// was wrong: INVALID_ARGUMENT EXPRESSION_TREE_MALFORMED, EXPRESSION_TOO_LARGE, EXPRESSION_TOO_DEEP,
// EXPRESSION_ARGUMENTS, EXPRESSION_NUMBER.
class Builder {
 public:
  Builder& Number(double number, Place place = {});
  Builder& Text(absl::string_view text, Place place = {});  // a date's text makes kDate, '' kBlank
  Builder& Boolean(bool truth, Place place = {});
  Builder& Refer(Reference reference, Place place = {});
  Builder& Operator(Kind kind, Place place = {});  // one or two operands as its kind says
  Builder& Call(Function function, size_t arguments, Place place = {});
  Builder& Append(const Expression& whole);  // as one operand
  // One node of another tree, its operands having been given before.
  Builder& Copy(const Expression& from, const Node& node);
  const absl::Status& status() const { return status_; }
  absl::StatusOr<Expression> Build();  // once

 private:
  void Push(Node node, size_t arguments);
  Expression made_;
  std::vector<size_t> open_;  // positions of operands not yet taken
  std::vector<int> depths_;   // of those
  std::map<Reference, size_t> known_;
  absl::Status status_;
  bool empty_ = true;
};

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_AST_H_
