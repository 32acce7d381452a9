// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/language.h"

#include <gtest/gtest.h>

namespace reprise::cli {
namespace {

TEST(LanguageTest, IsTheOneAskedForElseTheLocalesElseTheServers) {
  const struct {
    const char* name;
    const char* asked;
    Locale locale;
    const char* language;
  } cases[] = {
      {"asked", "fr", {"en_GB.UTF-8", "", ""}, "fr"},
      {"LC_ALL before the others", "", {"en_GB.UTF-8", "fr_FR", "fr_FR"}, "en"},
      {"LC_MESSAGES before LANG", "", {"", "fr_CA.UTF-8", "en_GB"}, "fr"},
      {"LANG", "", {"", "", "en"}, "en"},
      {"modifier", "", {"", "", "fr@euro"}, "fr"},
      {"the first that is set decides", "", {"C.UTF-8", "en_GB", "en_GB"}, ""},
      {"POSIX", "", {"", "", "POSIX"}, ""},
      {"nothing", "", {"", "", ""}, ""},
      {"a third language", "", {"", "", "de_DE.UTF-8"}, ""},
      {"a language that begins alike", "", {"", "", "frp_FR"}, ""},
  };
  for (const auto& c : cases) EXPECT_EQ(LanguageFor(c.asked, c.locale), c.language) << c.name;
}

}  // namespace
}  // namespace reprise::cli
