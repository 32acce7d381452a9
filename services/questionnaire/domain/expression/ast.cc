// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/ast.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"

namespace reprise::expression {

std::string ToString(const Reference& reference) {
  std::string text;
  if (!reference.event.empty()) absl::StrAppend(&text, "[", reference.event, "]");
  absl::StrAppend(&text, "[", reference.item);
  if (!reference.code.empty()) absl::StrAppend(&text, "(", reference.code, ")");
  return absl::StrCat(text, "]");
}

Term Expression::root() const { return Term(*this, nodes_.size() - 1); }

bool operator==(const Expression& a, const Expression& b) {
  const auto same = [&](const Node& x, const Node& y) {
    if (x.kind != y.kind || x.function != y.function || x.arguments != y.arguments ||
        x.number != y.number) {
      return false;
    }
    if (x.kind == Kind::kText) return a.texts_[x.index] == b.texts_[y.index];
    if (x.kind == Kind::kReference) return a.references_[x.index] == b.references_[y.index];
    return true;
  };
  return std::equal(a.nodes_.begin(), a.nodes_.end(), b.nodes_.begin(), b.nodes_.end(), same);
}

Term Term::argument(size_t i) const {
  size_t position = position_ - 1;
  for (size_t later = size() - 1; later > i; --later)
    position -= expression_->nodes()[position].size;
  return Term(*expression_, position);
}

std::vector<Term> Term::arguments() const {
  std::vector<Term> arguments;
  arguments.reserve(size());
  size_t position = position_;
  for (size_t i = 0; i < size(); ++i) {
    position -= i == 0 ? 1 : arguments.back().node().size;
    arguments.emplace_back(*expression_, position);
  }
  std::reverse(arguments.begin(), arguments.end());
  return arguments;
}

Expression Term::Subtree() const {
  const std::vector<Node>& nodes = expression_->nodes();
  Builder builder;
  for (size_t i = position_ + 1 - node().size; i <= position_; ++i)
    builder.Copy(*expression_, nodes[i]);
  return *builder.Build();  // part of a tree that was built within the same limits
}

}  // namespace reprise::expression
