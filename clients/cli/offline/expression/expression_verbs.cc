// SPDX-License-Identifier: Apache-2.0
// reprise expression eval | check | explain | parse | trees: the expression language on plain files and texts.
#include <iostream>
#include <memory>
#include <string>

#include "clients/cli/files.h"
#include "clients/cli/offline/expression/report.h"
#include "clients/cli/offline/expression/trees.h"
#include "clients/cli/offline/expression/vectors.h"
#include "clients/cli/verbs.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

struct Options {
  std::string vectors;
  std::string output;
  std::string text;
  std::string names;
};

absl::Status Evaluate(const Options& options) {
  REPRISE_ASSIGN_OR_RETURN(const std::string csv, ReadFile(options.vectors));
  REPRISE_ASSIGN_OR_RETURN(const std::string output, EvaluateVectors(csv, options.vectors));
  return WriteFile(options.output, output);
}

absl::Status Check(const Options& options, bool names_given) {
  REPRISE_ASSIGN_OR_RETURN(
      const Report report,
      CheckText(options.text,
                names_given ? std::optional<std::string>(options.names) : std::nullopt));
  std::cout << report.text;
  return report.outcome;
}

absl::Status Explain(const Options& options) {
  REPRISE_ASSIGN_OR_RETURN(const expression::Expression tree, expression::Parse(options.text));
  std::cout << expression::Explain(tree);
  return absl::OkStatus();
}

absl::Status PrintTree(const Options& options) {
  REPRISE_ASSIGN_OR_RETURN(const std::string tree, TreeOf(options.text));
  std::cout << tree;
  return absl::OkStatus();
}

absl::Status WriteTrees(const Options& options) {
  REPRISE_ASSIGN_OR_RETURN(const std::string csv, ReadFile(options.vectors));
  REPRISE_ASSIGN_OR_RETURN(const std::string trees, TreesOfVectors(csv, options.vectors));
  return WriteFile(options.output, trees);
}

void AddText(CLI::App* verb, Options& options) {
  verb->add_option("text", options.text, "The expression; put -- before one that begins with -")
      ->required();
}

// For evaluators outside this program, the web client's among them.
void AddTreeVerbs(Cli& cli, CLI::App* group, const std::shared_ptr<Options>& options) {
  CLI::App* const parse = group->add_subcommand("parse", "Print the tree of an expression as JSON");
  parse->footer("Example: reprise expression parse '[a] + [b] * 2'");
  AddText(parse, *options);
  cli.OnRun(parse, [options] { return PrintTree(*options); });

  CLI::App* const trees = group->add_subcommand("trees", "Turn test vectors into JSON with their trees");
  trees->footer("Example: reprise expression trees --vectors tests/data/expressions/expr_vectors.csv "
                "--output tests/data/expressions/expr_vectors.json");
  trees->add_option("--vectors", options->vectors, "CSV with case_id,expression,bindings,expected_type,expected")
      ->required();
  trees->add_option("--output", options->output, "JSON with a case a line")->required();
  cli.OnRun(trees, [options] { return WriteTrees(*options); });
}

}  // namespace

void AddExpressionVerbs(Cli& cli) {
  const auto options = std::make_shared<Options>();
  CLI::App* const group = cli.app.add_subcommand(
      "expression", "The language of branching, computed items and scores, without a server");
  group->require_subcommand(1);

  CLI::App* const eval = group->add_subcommand("eval", "Evaluate each row of a file");
  eval->footer("Example: reprise expression eval --vectors cases.csv --output values.csv");
  eval->add_option("--vectors", options->vectors,
                   "CSV with case_id,expression,bindings (name=value;...; blank is missing)")
      ->required();
  eval->add_option("--output", options->output, "CSV with case_id,type,value")->required();
  cli.OnRun(eval, [options] { return Evaluate(*options); });

  CLI::App* const check = group->add_subcommand("check", "Check syntax, names and types");
  check->footer("Example: reprise expression check '[age] >= 18' --names age:integer");
  AddText(check, *options);
  CLI::Option* const names =
      check->add_option("--names", options->names,
                        "What the items are: a:number,b:text,c:choice(1|2),d:boxes(1|2); also "
                        "integer, boolean, date, "
                        "any. Without it names are not checked");
  cli.OnRun(check, [options, names] { return Check(*options, names->count() > 0); });

  CLI::App* const explain = group->add_subcommand("explain", "Show the tree of an expression");
  explain->footer("Example: reprise expression explain '[a] + [b] * 2'");
  AddText(explain, *options);
  cli.OnRun(explain, [options] { return Explain(*options); });

  AddTreeVerbs(cli, group, options);
}

}  // namespace reprise::cli
