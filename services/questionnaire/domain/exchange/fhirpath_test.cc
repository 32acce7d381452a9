// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhirpath.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::exchange {
namespace {

TEST(FhirPathTest, PlainArithmeticBecomesACalculation) {
  PathNames names;
  names.item = [](const std::string& link_id) {
    return link_id == "/a" ? "a" : link_id == "b" ? "b" : "";
  };
  names.codes_are_ordinals = [](const std::string& link_id) { return link_id == "/a"; };
  names.codes_are_theirs = [](const std::string& link_id) { return link_id == "b"; };
  names.variables = {{"a", "%resource.item.where(linkId='/a').answer.value"},
                     {"url", "'http://hl7.org/fhir/StructureDefinition/ordinalValue'"},
                     {"loop", "%loop + 1"}};
  struct Case {
    const char* name;
    const char* path;
    const char* expected;  // empty: refused
  };
  const std::string ordinal =
      "%questionnaire.item.where(linkId = "
      "'/a').answerOption.where(valueCoding.code=%resource.item.where("
      "linkId = '/a').answer.valueCoding.code).extension.where(url=%url).valueDecimal";
  const std::string other =
      absl::StrCat(ordinal.substr(0, ordinal.find("%resource")),
                   "%resource.item.where(linkId = "
                   "'b').answer.valueCoding.code).extension.where(url=%url).valueDecimal");
  for (const Case& test :
       {Case{"arithmetic", "1 + 2 * 3", "1 + 2 * 3"},
        Case{"answers", "%resource.item.where(linkId='b').answer.valueDecimal / 2", "[b] / 2"},
        Case{"variable", "%a * 2", "[a] * 2"},
        Case{"choice", "iif(%a > 1, 10, {})", "if([a] > 1, 10, '')"},
        Case{"two arguments", "iif(%a.exists(), 1)", "if(not isblank([a]), 1, '')"},
        Case{"ordinal of the chosen option", ordinal.c_str(), "[a]"},
        Case{"ordinal function", "%resource.item.where(linkId='/a').answer.value.ordinal()", "[a]"},
        Case{"whole division", "7 div 2", "rounddown(7 / 2, 0)"},
        Case{"ordinals that are not codes",
             "%resource.item.where(linkId='b').answer.value.ordinal()", ""},
        Case{"option of another item", other.c_str(), ""},
        Case{"code that was kept", "%resource.item.where(linkId='b').answer.valueCoding.code = 'x'",
             "[b] = 'x'"},
        Case{"code that was replaced",
             "%resource.item.where(linkId='/a').answer.valueCoding.code = 'x'", ""},
        Case{"unknown item", "%resource.item.where(linkId='z').answer.value", ""},
        Case{"variable in a circle", "%loop", ""},
        Case{"unknown variable", "%z", ""},
        Case{"union", "(%a | %a).sum()", ""},
        Case{"today", "today()", ""},
        Case{"text joined", "'a' & 'b'", ""},
        Case{"cut off", "1 +", ""},
        Case{"empty", "", ""}}) {
    const auto made = FromFhirPath(test.path, names);
    EXPECT_EQ(made.ok(), *test.expected != '\0') << test.name << made.status();
    if (!made.ok()) continue;
    const auto expected = expression::Parse(test.expected);
    ASSERT_TRUE(expected.ok());
    EXPECT_EQ(*made, expression::Print(*expected)) << test.name;
  }
}

TEST(FhirPathTest, DeepVariablesEndInTime) {
  PathNames names;
  names.item = [](const std::string&) { return std::string(); };
  names.codes_are_ordinals = [](const std::string&) { return false; };
  names.codes_are_theirs = [](const std::string&) { return false; };
  for (int i = 0; i < 60; ++i)
    names.variables[absl::StrCat("v", i)] = absl::StrCat("%v", i + 1, " + %v", i + 1);
  names.variables["v60"] = "1";
  EXPECT_FALSE(FromFhirPath("%v0", names).ok());
}

}  // namespace
}  // namespace reprise::exchange
