// SPDX-License-Identifier: Apache-2.0
// Progression rules and endpoints.
#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/study/domain/document/faults.h"

namespace reprise::study {
namespace {

// What `of` names for a metric: a list of the document with its key, or nothing.
struct Of {
  const char* list;
  const char* key;
};

Of OfMetric(const std::string& metric) {
  if (metric == "RETENTION" || metric == "QUESTIONNAIRE_RETURN") return {"questionnaires", "timepoint"};
  if (metric == "FIDELITY") return {"components", "code"};
  return {"", ""};
}

void CheckOf(const Spot& root, const Spot& rule, Faults& faults) {
  const std::string metric = TextOf(*rule.node, "metric");
  const std::string of = TextOf(*rule.node, "of");
  const Of wanted = OfMetric(metric);
  if (*wanted.list == '\0') {
    if (!of.empty() && !metric.empty()) {
      faults.AddField(rule, "of", "RULE_OF_MISPLACED", "This metric is not of a timepoint or component.");
    }
    return;
  }
  if (of.empty()) {
    faults.AddField(rule, "of", "RULE_OF_MISSING", absl::StrCat("This metric needs a ", wanted.key, " of `", wanted.list, "`."));
    return;
  }
  const auto elements = Elements(*root.node, wanted.list);
  if (std::none_of(elements.begin(), elements.end(),
                   [&](const YamlNode* e) { return TextOf(*e, wanted.key) == of; })) {
    faults.AddField(rule, "of", "REFERENCE_UNKNOWN", absl::StrCat("There is no such ", wanted.key, " in `", wanted.list, "`."));
  }
}

void CheckThresholds(const Spot& rule, Faults& faults) {
  const auto green = NumberOf(*rule.node, "green");
  const auto red = NumberOf(*rule.node, "red");
  if (!green.has_value() || !red.has_value()) return;
  if (FlagOf(*rule.node, "lower_is_better") ? *green > *red : *green < *red) {
    faults.AddField(rule, "red", "THRESHOLDS_REVERSED",
                    "Red lies on the bad side of green: below it, or above it where lower is better.");
  }
  if (TextOf(*rule.node, "metric") == "RECRUITMENT_RATE") return;
  for (const char* const field : {"green", "red"}) {
    if (*NumberOf(*rule.node, field) <= 1) continue;
    faults.AddField(rule, field, "NUMBER_OUT_OF_RANGE", "A proportion from 0 to 1 is required.");
  }
}

}  // namespace

void CheckRules(const Spot& root, Faults& faults) {
  for (const Spot& rule : Spots(root, "progression_rules")) {
    CheckOf(root, rule, faults);
    CheckThresholds(rule, faults);
  }
  int primary_line = 0;
  for (const Spot& endpoint : Spots(root, "endpoints")) {
    if (TextOf(*endpoint.node, "rank") != "PRIMARY") continue;
    if (primary_line != 0) {
      faults.AddField(endpoint, "rank", "PRIMARY_ENDPOINT_TWICE",
                      absl::StrCat("The primary endpoint stands in line ", primary_line, "."));
    }
    primary_line = endpoint.node->line;
  }
}

}  // namespace reprise::study
