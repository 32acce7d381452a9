// SPDX-License-Identifier: Apache-2.0
// The whole tree of verbs, as help and the shells see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "clients/cli/completion.h"
#include "clients/cli/verbs.h"

namespace reprise::cli {
namespace {

using ::testing::HasSubstr;

std::vector<const CLI::App*> ChildrenOf(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

void ForEach(const CLI::App& app, const std::string& path,
             const std::function<void(const CLI::App&, const std::string&)>& visit) {
  for (const CLI::App* const child : ChildrenOf(app)) {
    const std::string name = path + " " + child->get_name();
    visit(*child, name);
    ForEach(*child, name, visit);
  }
}

class TreeTest : public ::testing::Test {
 protected:
  TreeTest() { AddAllVerbs(cli_); }
  Cli cli_;
};

TEST_F(TreeTest, EveryVerbSaysWhatItDoesAndShowsAnExample) {
  int verbs = 0;
  ForEach(cli_.app, "reprise", [&](const CLI::App& app, const std::string& path) {
    EXPECT_FALSE(app.get_description().empty()) << path;
    if (!ChildrenOf(app).empty()) return;
    ++verbs;
    EXPECT_THAT(app.get_footer(), HasSubstr("Example")) << path;
    EXPECT_THAT(app.get_footer(), HasSubstr(path)) << "its example is of another verb";
  });
  EXPECT_GT(verbs, 30);
}

TEST_F(TreeTest, EveryOptionSaysWhatItIs) {
  ForEach(cli_.app, "reprise", [](const CLI::App& app, const std::string& path) {
    for (const CLI::Option* const option :
         app.get_options([](const CLI::Option*) { return true; })) {
      EXPECT_FALSE(option->get_description().empty()) << path << " " << option->get_name();
    }
  });
}

TEST_F(TreeTest, NoOptionTakesASecretByValue) {
  ForEach(cli_.app, "reprise", [](const CLI::App& app, const std::string& path) {
    for (const CLI::Option* const option :
         app.get_options([](const CLI::Option*) { return true; })) {
      for (const std::string& name : option->get_lnames()) {
        EXPECT_TRUE(name != "password" && name != "token") << path << " --" << name;
      }
    }
  });
}

TEST_F(TreeTest, EachShellsScriptHoldsEveryVerbAndFlag) {
  for (const char* const shell : {"bash", "zsh", "fish"}) {
    const std::string script = CompletionScript(cli_.app, shell);
    ForEach(cli_.app, "", [&](const CLI::App& app, const std::string& path) {
      std::string place = path;
      for (char& c : place) c = c == ' ' ? '/' : c;
      EXPECT_THAT(script, HasSubstr(place)) << shell;
      for (const CLI::Option* const option :
           app.get_options([](const CLI::Option*) { return true; })) {
        for (const std::string& name : option->get_lnames()) {
          const std::string flag = std::string(shell) == "fish" ? " -l " + name : "--" + name;
          EXPECT_THAT(script, HasSubstr(flag)) << shell << path;
        }
      }
    });
    EXPECT_THAT(script, HasSubstr("table json csv")) << shell;
  }
}

}  // namespace
}  // namespace reprise::cli
