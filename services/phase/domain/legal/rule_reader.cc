// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "services/phase/domain/endpoint/errors.h"
#include "services/phase/domain/endpoint/fields.h"
#include "services/phase/domain/legal/rule.h"
#include "services/phase/domain/legal/rule_parts.h"
#include "services/platform/status.h"
#include "services/platform/time/clock.h"

namespace reprise::legal {
namespace {

using endpoint::FieldInvalid;
using endpoint::FieldReader;

absl::Status ReadTexts(FieldReader& parent, RuleBook& book) {
  const YAML::Node node = parent.Map("texts");
  if (!node) return absl::OkStatus();
  FieldReader reader(node, absl::StrCat(parent.place(), ", texts"));
  for (const MilestoneKind kind : kMilestones) {
    const std::string name(NameOf(kind));
    const YAML::Node sentences = reader.Map(name.c_str());
    if (!sentences) continue;
    FieldReader situations(sentences, absl::StrCat(reader.place(), ", ", name));
    for (const std::string& situation : SituationsOf(kind)) {
      ReadPart(situations, situation.c_str(), book.texts[static_cast<size_t>(kind)][situation]);
    }
    REPRISE_RETURN_IF_ERROR(situations.Finish());
  }
  return reader.Finish();
}

absl::Status ReadFlags(FieldReader& parent, RuleBook& book) {
  const YAML::Node node = parent.Map("flags");
  if (!node) return absl::OkStatus();
  FieldReader reader(node, absl::StrCat(parent.place(), ", flags"));
  for (const std::string& flag : FlagNames()) {
    ReadPart(reader, flag.c_str(), book.flags[flag]);
  }
  return reader.Finish();
}

void ReadCalendar(FieldReader& parent, RuleBook& book) {
  if (const YAML::Node node = parent.Map("merging"); node) {
    FieldReader reader(node, absl::StrCat(parent.place(), ", merging"));
    reader.Integer("gap_query_days", 0, 3660, book.gap_query_days);
    parent.Adopt(reader.Finish());
  }
  const YAML::Node node = parent.Map("calendar");
  if (!node) return;
  FieldReader reader(node, absl::StrCat(parent.place(), ", calendar"));
  reader.List("fixed_holidays", [&](const std::string& text) {
    // Any leap year shows whether the day exists.
    const auto day = ParseDate(absl::StrCat("2024-", text), "fixed_holidays");
    if (!day.ok()) return reader.Fail("fixed_holidays", "Days as MM-DD are required.");
    book.fixed_holidays.push_back({day->month(), day->day()});
  });
  reader.List("easter_holidays", [&](const std::string& text) {
    int days = 0;
    if (!absl::SimpleAtoi(text, &days) || days < -100 || days > 300) {
      return reader.Fail("easter_holidays", "Days after Easter Sunday are required.");
    }
    book.easter_holidays.push_back(days);
  });
  parent.Adopt(reader.Finish());
}

absl::Status ReadFile(const YAML::Node& root, const std::string& file, RuleBook& book) {
  FieldReader reader(root, file);
  std::vector<Rule> rules;
  const YAML::Node list = reader.Sequence("rules");
  if (list) {
    for (const YAML::Node& node : list) {
      REPRISE_ASSIGN_OR_RETURN(
          Rule rule, ReadRule(node, absl::StrCat(file, " rule ", rules.size() + 1)));
      rules.push_back(std::move(rule));
    }
  }
  REPRISE_RETURN_IF_ERROR(ReadTexts(reader, book));
  REPRISE_RETURN_IF_ERROR(ReadFlags(reader, book));
  ReadCalendar(reader, book);
  REPRISE_RETURN_IF_ERROR(reader.Finish());
  book.rules.insert(book.rules.end(), rules.begin(), rules.end());
  return absl::OkStatus();
}

// Every sentence is there, and no rule version twice.
absl::Status CheckWhole(const RuleBook& book) {
  for (size_t i = 1; i < book.rules.size(); ++i) {
    if (book.rules[i].id == book.rules[i - 1].id &&
        book.rules[i].version == book.rules[i - 1].version) {
      return FieldInvalid(absl::StrCat("rule ", book.rules[i].id), "version",
                          "The version is used twice.");
    }
  }
  for (const MilestoneKind kind : kMilestones) {
    const auto& texts = book.texts[static_cast<size_t>(kind)];
    for (const std::string& situation : SituationsOf(kind)) {
      const auto found = texts.find(situation);
      if (found != texts.end() && !found->second.fr.empty()) continue;
      return FieldInvalid("texts", absl::StrCat(std::string(NameOf(kind)), ".", situation),
                          "The sentence is missing.");
    }
  }
  for (const std::string& flag : FlagNames()) {
    const auto found = book.flags.find(flag);
    if (found != book.flags.end() && !found->second.fr.empty()) continue;
    return FieldInvalid("flags", flag, "The sentence is missing.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RuleBook> ParseRules(absl::Span<const RuleFile> files) {
  RuleBook book;
  for (const RuleFile& file : files) {
    REPRISE_RETURN_IF_ERROR(endpoint::ReadYaml(
        file.bytes, file.name,
        [&](const YAML::Node& root) { return ReadFile(root, file.name, book); }));
  }
  std::stable_sort(book.rules.begin(), book.rules.end(), [](const Rule& a, const Rule& b) {
    return std::tie(a.milestone, a.id, a.version) < std::tie(b.milestone, b.id, b.version);
  });
  REPRISE_RETURN_IF_ERROR(CheckWhole(book));
  return book;
}

}  // namespace reprise::legal
