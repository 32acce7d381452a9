// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/legal/rule_parts.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/endpoint/errors.h"
#include "services/platform/status.h"
#include "services/platform/time/clock.h"

namespace reprise::legal {
namespace {

using endpoint::FieldInvalid;
using endpoint::FieldReader;

std::optional<absl::CivilDay> ReadDay(FieldReader& reader, const char* field) {
  std::string text;
  if (!reader.Text(field, text)) return std::nullopt;
  const auto day = ParseDate(text, field);
  if (day.ok()) return *day;
  reader.Fail(field, "A calendar day as YYYY-MM-DD is required.");
  return std::nullopt;
}

bool ReadComparison(FieldReader& reader, const char* field, Comparison& comparison) {
  return reader.Choice<Comparison>(
      field, {{"more_than", Comparison::kMoreThan}, {"at_least", Comparison::kAtLeast}},
      comparison);
}

// Words in braces must be ones that the engine fills in.
absl::Status CheckPlaceholders(const std::string& place, const char* field,
                               const std::string& sentence) {
  size_t at = 0;
  while ((at = sentence.find('{', at)) != std::string::npos) {
    const size_t end = sentence.find('}', at);
    const std::string name =
        end == std::string::npos ? "" : sentence.substr(at + 1, end - at - 1);
    const auto& known = PlaceholderNames();
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return FieldInvalid(place, field, "A word in braces is unknown.");
    }
    at = end;
  }
  return absl::OkStatus();
}

absl::StatusOr<Text> ReadText(const YAML::Node& node, const std::string& place) {
  Text text;
  FieldReader reader(node, place);
  reader.Require("fr");
  reader.Require("en");
  reader.Text("fr", text.fr);
  reader.Text("en", text.en);
  REPRISE_RETURN_IF_ERROR(reader.Finish());
  REPRISE_RETURN_IF_ERROR(CheckPlaceholders(place, "fr", text.fr));
  REPRISE_RETURN_IF_ERROR(CheckPlaceholders(place, "en", text.en));
  return text;
}

absl::StatusOr<Condition> ReadCondition(const YAML::Node& node, const std::string& place) {
  Condition condition;
  FieldReader reader(node, place);
  reader.Require("key");
  reader.Choice<Key>("key",
                     {{"leave_start", Key::kLeaveStart}, {"issue_date", Key::kIssueDate},
                      {"evaluation_day", Key::kEvaluationDay}},
                     condition.key);
  condition.from = ReadDay(reader, "from");
  condition.until = ReadDay(reader, "until");
  if (condition.from.has_value() && condition.until.has_value() &&
      *condition.until < *condition.from) {
    reader.Fail("until", "It lies before from.");
  }
  REPRISE_RETURN_IF_ERROR(reader.Finish());
  return condition;
}

absl::StatusOr<Threshold> ReadThreshold(const YAML::Node& node, const std::string& place) {
  Threshold threshold;
  FieldReader reader(node, place);
  for (const char* field : {"causes", "amount", "unit", "comparison"}) reader.Require(field);
  reader.List("causes", [&](const std::string& name) {
    for (const Cause cause : {Cause::kIllness, Cause::kWorkAccident, Cause::kOccupationalDisease,
                              Cause::kMaternity}) {
      if (NameOf(cause) == name) return threshold.causes.push_back(cause);
    }
    reader.Fail("causes", "This is not a cause of leave.");
  });
  reader.Integer("amount", 1, 3660, threshold.amount);
  reader.Choice<bool>("unit", {{"days", false}, {"months", true}}, threshold.months);
  ReadComparison(reader, "comparison", threshold.comparison);
  Comparison other{};
  if (ReadComparison(reader, "other_reading", other)) threshold.other_reading = other;
  REPRISE_RETURN_IF_ERROR(reader.Finish());
  return threshold;
}

template <typename Value, typename Read>
void ReadSequence(FieldReader& reader, const char* field, std::vector<Value>& values, Read read) {
  const YAML::Node list = reader.Sequence(field);
  if (!list) return;
  for (const YAML::Node& node : list) {
    auto value = read(node, absl::StrCat(reader.place(), ", ", field, " ", values.size() + 1));
    reader.Adopt(value.status());
    if (!value.ok()) return;
    values.push_back(*std::move(value));
  }
}

void ReadDeadline(FieldReader& parent, Rule& rule) {
  const YAML::Node node = parent.Map("deadline");
  if (!node) return;
  Deadline deadline;
  FieldReader reader(node, absl::StrCat(parent.place(), ", deadline"));
  reader.Require("days");
  reader.Integer("days", 0, 3660, deadline.days);
  reader.Choice<bool>("counted_from", {{"return_day", true}, {"last_leave_day", false}},
                      deadline.from_return_day);
  bool other = false;
  deadline.other_reading = reader.Choice<bool>(
      "other_reading", {{"return_day", true}, {"last_leave_day", false}}, other);
  if (deadline.other_reading && other == deadline.from_return_day) {
    reader.Fail("other_reading", "It must differ from counted_from.");
  }
  parent.Adopt(reader.Finish());
  rule.deadline = deadline;
}

void ReadWaiver(FieldReader& parent, Rule& rule) {
  const YAML::Node node = parent.Map("waiver");
  if (!node) return;
  Waiver waiver;
  FieldReader reader(node, absl::StrCat(parent.place(), ", waiver"));
  reader.Require("window_days");
  reader.Integer("window_days", 1, 3660, waiver.window_days);
  reader.Flag("part_time_is_working_time_measure", waiver.part_time_is_measure);
  parent.Adopt(reader.Finish());
  rule.waiver = waiver;
}

void ReadTrialAndCap(FieldReader& parent, Rule& rule) {
  if (const YAML::Node node = parent.Map("trial"); node) {
    Trial trial;
    FieldReader reader(node, absl::StrCat(parent.place(), ", trial"));
    reader.Require("max_days");
    reader.Require("max_total_days");
    reader.Integer("max_days", 1, 3660, trial.max_days);
    reader.Integer("max_total_days", 1, 3660, trial.max_total_days);
    reader.Flag("saturday_counts", trial.saturday_counts);
    parent.Adopt(reader.Finish());
    rule.trial = trial;
  }
  if (const YAML::Node node = parent.Map("cap"); node) {
    Cap cap;
    FieldReader reader(node, absl::StrCat(parent.place(), ", cap"));
    reader.Require("first_days");
    reader.Require("renewal_days");
    reader.Integer("first_days", 1, 3660, cap.first_days);
    reader.Integer("renewal_days", 1, 3660, cap.renewal_days);
    parent.Adopt(reader.Finish());
    rule.cap = cap;
  }
}

// What a kind of milestone cannot be computed without.
const char* MissingPart(const Rule& rule) {
  switch (rule.milestone) {
    case MilestoneKind::kPreReturnVisit:
    case MilestoneKind::kLiaisonMeeting:
      return rule.thresholds.size() == 1 ? nullptr : "thresholds";
    case MilestoneKind::kReturnVisit:
      if (rule.thresholds.empty()) return "thresholds";
      return rule.deadline.has_value() ? nullptr : "deadline";
    case MilestoneKind::kTrialOfReturn: return rule.trial.has_value() ? nullptr : "trial";
    case MilestoneKind::kTherapeuticPartTime: return nullptr;
    case MilestoneKind::kPrescriptionCap: return rule.cap.has_value() ? nullptr : "cap";
  }
  return nullptr;
}

}  // namespace

void ReadPart(FieldReader& reader, const char* field, Text& text) {
  const YAML::Node node = reader.Map(field);
  if (!node) return;
  auto read = ReadText(node, absl::StrCat(reader.place(), ", ", field));
  if (read.ok()) text = *std::move(read);
  reader.Adopt(read.status());
}

absl::StatusOr<Rule> ReadRule(const YAML::Node& node, const std::string& place) {
  Rule rule;
  FieldReader reader(node, place);
  for (const char* field : {"id", "version", "milestone", "applies", "articles", "source",
                            "evidence", "checked"}) {
    reader.Require(field);
  }
  reader.Text("id", rule.id);
  reader.Integer("version", 1, 1000000, rule.version);
  std::string milestone;
  reader.Text("milestone", milestone);
  const auto kind = std::find_if(std::begin(kMilestones), std::end(kMilestones),
                                 [&](MilestoneKind k) { return NameOf(k) == milestone; });
  if (kind == std::end(kMilestones)) {
    reader.Fail("milestone", "This is not a milestone.");
  } else {
    rule.milestone = *kind;
  }
  ReadSequence(reader, "applies", rule.applies, ReadCondition);
  ReadSequence(reader, "thresholds", rule.thresholds, ReadThreshold);
  ReadDeadline(reader, rule);
  ReadWaiver(reader, rule);
  ReadTrialAndCap(reader, rule);
  reader.Flag("prior_full_leave_required", rule.prior_full_leave_required);
  ReadPart(reader, "articles", rule.articles);
  ReadPart(reader, "note", rule.note);
  reader.Text("source", rule.source);
  reader.Text("url", rule.url);
  reader.Text("evidence", rule.evidence);
  rule.checked = ReadDay(reader, "checked").value_or(absl::CivilDay());
  if (rule.applies.empty()) reader.Fail("applies", "At least one condition is required.");
  if (const char* missing = MissingPart(rule); missing != nullptr) {
    reader.Fail(missing, "This milestone needs it (once, where it is a threshold of one visit).");
  }
  REPRISE_RETURN_IF_ERROR(reader.Finish());
  return rule;
}

}  // namespace reprise::legal
