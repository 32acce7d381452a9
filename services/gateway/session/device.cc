// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/session/device.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

namespace reprise::gateway {
namespace {

struct Family {
  const char* mark;
  const char* name;
};

// In this order: browsers name those that they descend from too.
constexpr Family kBrowsers[] = {
    {"Edg", "Edge"},          {"OPR/", "Opera"},      {"SamsungBrowser/", "Samsung Internet"},
    {"FxiOS/", "Firefox"},    {"Firefox/", "Firefox"}, {"CriOS/", "Chrome"},
    {"Chrome/", "Chrome"},    {"Chromium/", "Chrome"}, {"Safari/", "Safari"},
    {"curl/", "curl"},
};
constexpr Family kSystems[] = {
    {"iPhone", "iPhone"},   {"iPad", "iPad"},     {"Android", "Android"}, {"Windows", "Windows"},
    {"CrOS", "ChromeOS"},   {"Mac OS X", "macOS"}, {"Linux", "Linux"},
};

absl::string_view NameOf(absl::Span<const Family> families, absl::string_view user_agent) {
  for (const Family& family : families) {
    if (absl::StrContains(user_agent, family.mark)) return family.name;
  }
  return "";
}

}  // namespace

std::string DeviceOf(absl::string_view user_agent) {
  const absl::string_view browser = NameOf(kBrowsers, user_agent);
  const absl::string_view system = NameOf(kSystems, user_agent);
  return absl::StrCat(browser, browser.empty() || system.empty() ? "" : ", ", system);
}

}  // namespace reprise::gateway
