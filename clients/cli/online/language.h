// SPDX-License-Identifier: Apache-2.0
// In which language the server is asked for the sentences that it makes.
#ifndef REPRISE_CLI_ONLINE_LANGUAGE_H_
#define REPRISE_CLI_ONLINE_LANGUAGE_H_

#include <string>

namespace reprise::cli {

// What POSIX calls the locale of messages: the first of the three that is not empty.
struct Locale {
  std::string lc_all, lc_messages, lang;
};
Locale LocaleOfEnvironment();

// `asked`, else the locale's: "fr", "en", or empty where it is neither, as `C`, and the server's choice stands.
std::string LanguageFor(const std::string& asked, const Locale& locale);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_LANGUAGE_H_
