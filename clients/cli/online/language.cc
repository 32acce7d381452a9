// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/language.h"

#include <cstdlib>

namespace reprise::cli {
namespace {

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

Locale LocaleOfEnvironment() {
  return {.lc_all = Variable("LC_ALL"), .lc_messages = Variable("LC_MESSAGES"), .lang = Variable("LANG")};
}

std::string LanguageFor(const std::string& asked, const Locale& locale) {
  if (!asked.empty()) return asked;
  const std::string& name = !locale.lc_all.empty()        ? locale.lc_all
                            : !locale.lc_messages.empty() ? locale.lc_messages
                                                          : locale.lang;
  // "fr", "fr_CA.UTF-8", "en_GB@euro"; "frp" and "enm" are other languages.
  const std::string language = name.substr(0, name.find_first_of("_.@"));
  return language == "fr" || language == "en" ? language : "";
}

}  // namespace reprise::cli
