// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "clients/cli/verbs.h"

namespace reprise::cli {
namespace {

struct Example {
  const char* verb;
  const char* rest;
};
constexpr Example kExamples[] = {
    {"stats curve", "--derived endpoints.csv --by-arm --times 60,120,365"},
    {"stats monitor", "measurements.csv --value age,score --centre centre"},
    {"risk", "--data extract.csv --case case.json --report risk.json"},
    {"anonymise guard", "--register releases --request request.json --report decision.json"},
    {"anonymise prepare", "--data visits.csv --plan plan.json --output table.csv"},
    {"endpoint check", "--subjects subjects.csv --episodes episodes.csv"},
    {"endpoint definitions", "--output definitions.csv"},
    {"endpoint derive", "--subjects subjects.csv --episodes episodes.csv --output endpoints.csv"},
    {"endpoint report", "--subjects subjects.csv --episodes episodes.csv --lang fr"},
    {"legal milestones", "--leaves leaves.csv --events events.csv --on 2026-06-30"},
    {"legal rules", "--output rules.csv"},
};

CLI::App* Below(CLI::App* group, const std::string& name) {
  for (CLI::App* const child : group->get_subcommands([](const CLI::App*) { return true; })) {
    if (child->get_name() == name) return child;
  }
  return nullptr;
}

}  // namespace

void AddMissingExamples(Cli& cli) {
  for (const Example& example : kExamples) {
    CLI::App* verb = &cli.app;
    for (const std::string& name : std::vector<std::string>(absl::StrSplit(example.verb, ' '))) {
      if (verb != nullptr) verb = Below(verb, name);
    }
    if (verb == nullptr) continue;  // renamed; the test of the tree misses its example
    if (absl::StrContains(verb->get_footer(), "Example")) continue;
    const std::string rest = verb->get_footer();
    verb->footer(absl::StrCat("Example: reprise ", example.verb, " ", example.rest,
                              rest.empty() ? "" : "\n", rest));
  }
}

}  // namespace reprise::cli
