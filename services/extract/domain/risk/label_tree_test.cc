// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/label_tree.h"

#include <gtest/gtest.h>

#include "services/platform/error/error.h"

namespace reprise::extract::risk {
namespace {

struct BadHierarchy {
  const char* name;
  const char* bytes;
  const char* reason;
};

TEST(LabelTreeTest, RefusesWhatCannotBeReadBack) {
  for (const BadHierarchy& bad :
       {BadHierarchy{"empty", "", "HIERARCHY_EMPTY"},
        BadHierarchy{"width", "a;*\nb;x;*\n", "HIERARCHY_WIDTH"},
        BadHierarchy{"value twice", "a;*\nb;*\na;*\n", "HIERARCHY_VALUE_DUPLICATE"},
        BadHierarchy{"group splits again", "a;g;x;*\nb;g;y;*\n", "HIERARCHY_NOT_MONOTONE"},
        BadHierarchy{"one text for three sets", "b;b;b;*\na;b;b;*\nb (level 2);c;b;*\nd;c;c;*\n",
                     "HIERARCHY_NOT_MONOTONE"},
        BadHierarchy{"the renamed text is taken", "b;b;*\na;b;*\nb (level 1);c;*\n",
                     "HIERARCHY_LABEL_AMBIGUOUS"},
        BadHierarchy{"star as a value", "a;*\n*;*\n", "HIERARCHY_LABEL_AMBIGUOUS"},
        BadHierarchy{"empty label", "a;;*\n", "HIERARCHY_LABEL_MISSING"}}) {
    EXPECT_EQ(error::ReasonOf(LabelTree::Read(bad.bytes, "x").status()), bad.reason) << bad.name;
  }
}

TEST(LabelTreeTest, OneTextAtTwoLevelsIsFineWhenItNamesTheSameValues) {
  const auto tree = LabelTree::Read("public;public;*\n1-9;small;*\n10-49;small;*\n", "empsize");
  ASSERT_TRUE(tree.ok()) << tree.status();
  EXPECT_EQ(tree->Loss(static_cast<uint32_t>(tree->Find("public"))), 0);
  EXPECT_NEAR(tree->Loss(static_cast<uint32_t>(tree->Find("small"))), 0.5, 1e-12);
  EXPECT_NEAR(tree->Loss(tree->root()), 1, 1e-12);
}

TEST(LabelTreeTest, AGroupNamedAsOneOfItsValuesIsReadUnderItsOwnText) {
  const auto tree =
      LabelTree::Read("public;public;*\nagency;public;*\n1-9;small;*\n10-49;small;*\n", "x");
  ASSERT_TRUE(tree.ok()) << tree.status();
  const uint32_t value = static_cast<uint32_t>(tree->Find("public"));
  const int64_t group = tree->Find("public (level 1)");
  ASSERT_GE(group, 0);
  EXPECT_EQ(tree->leaves(value), 1u);
  EXPECT_EQ(tree->leaves(static_cast<uint32_t>(group)), 2u);
  EXPECT_TRUE(tree->Generalises(static_cast<uint32_t>(group), 1));
  EXPECT_FALSE(tree->Generalises(value, 1));
}

TEST(LabelTreeTest, AHierarchyWithoutATopGetsOne) {
  const auto tree = LabelTree::Read("a;g\nb;g\nc;h\n", "x");
  ASSERT_TRUE(tree.ok()) << tree.status();
  EXPECT_EQ(tree->levels(), 3u);
  EXPECT_TRUE(tree->Generalises(tree->root(), 2));
}

}  // namespace
}  // namespace reprise::extract::risk
