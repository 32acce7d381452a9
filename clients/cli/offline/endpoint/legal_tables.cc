// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/endpoint/legal_tables.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "clients/cli/offline/endpoint/row_reader.h"
#include "services/platform/status.h"
#include "services/platform/time/clock.h"

namespace reprise::cli {
namespace {

// A member with the rows of its parts, for messages.
struct Draft {
  LegalMember member;
  std::vector<size_t> leave_rows;
  std::vector<size_t> event_rows;
};

using Index = absl::flat_hash_map<std::string, size_t>;

// A cell that must be one of two words; null where it is empty.
std::optional<bool> Either(RowReader& reader, size_t row, int column, const char* name,
                           absl::string_view yes, absl::string_view no) {
  const absl::string_view text = reader.Text(row, column);
  if (text.empty()) return std::nullopt;
  if (text != yes && text != no) {
    reader.Fault(row, name, "CHOICE_UNKNOWN",
                 absl::StrCat("One of ", std::string(yes), ", ", std::string(no),
                              " or nothing is required."));
  }
  return text == yes;
}

absl::Status ReadLeaves(const text::CsvTable& table, RowReader& reader, std::vector<Draft>& drafts,
                        Index& index) {
  REPRISE_RETURN_IF_ERROR(reader.Require({"subject_id", "issued_on", "start", "end"}));
  const int subject = table.Column("subject_id"), issued = table.Column("issued_on");
  const int start = table.Column("start"), end = table.Column("end");
  const int kind = table.Column("kind"), extent = table.Column("extent");
  const int cause = table.Column("cause"), justified = table.Column("justified");
  const int recorded = table.Column("recorded_on");
  for (size_t row = 0; row < table.rows.size() && !reader.Full(); ++row) {
    const std::string& id = reader.Text(row, subject);
    if (id.empty()) reader.Fault(row, "subject_id", "VALUE_MISSING", "A value is required.");
    const auto [at, added] = index.emplace(id, drafts.size());
    if (added)
      drafts.push_back({.member = {.subject_id = id, .history = {}, .idle_event_rows = {}},
                        .leave_rows = {},
                        .event_rows = {}});
    legal::Prescription prescription;
    prescription.start = reader.Date(row, start, true).value_or(absl::CivilDay());
    prescription.end = reader.Date(row, end, true).value_or(prescription.start);
    prescription.issued = reader.Date(row, issued, false);
    prescription.recorded = reader.Date(row, recorded, false);
    prescription.renewal = Either(reader, row, kind, "kind", "renewal", "initial");
    prescription.full =
        Either(reader, row, extent, "extent", "full", "partial").value_or(true);
    prescription.justified = reader.YesNo(row, justified);
    if (const std::string& name = reader.Text(row, cause); !name.empty()) {
      const auto known = legal::CauseOf(name);
      if (!known.has_value()) {
        reader.Fault(row, "cause", "CHOICE_UNKNOWN",
                     "One of illness, work_accident, occupational_disease, maternity or nothing is "
                     "required.");
      }
      prescription.cause = known.value_or(legal::Cause::kIllness);
    }
    drafts[at->second].member.history.prescriptions.push_back(prescription);
    drafts[at->second].leave_rows.push_back(row);
  }
  return reader.Finish();
}

absl::Status ReadEvents(const text::CsvTable& table, RowReader& reader, std::vector<Draft>& drafts,
                        const Index& index) {
  REPRISE_RETURN_IF_ERROR(reader.Require({"subject_id", "event", "date"}));
  const int subject = table.Column("subject_id"), name = table.Column("event");
  const int date = table.Column("date"), end = table.Column("end");
  const int adaptation = table.Column("adaptation"), working_time = table.Column("working_time");
  const int working_days = table.Column("working_days"), recorded = table.Column("recorded_on");
  for (size_t row = 0; row < table.rows.size() && !reader.Full(); ++row) {
    const auto found = index.find(reader.Text(row, subject));
    if (found == index.end()) {
      reader.Fault(row, "subject_id", "SUBJECT_UNKNOWN",
                   "The file of leaves has no such participant.");
      continue;
    }
    legal::Event event;
    const auto kind = legal::EventKindOf(reader.Text(row, name));
    if (!kind.has_value()) {
      reader.Fault(row, "event", "CHOICE_UNKNOWN",
                   "One of return, expected_return, pre_return_visit, return_visit, "
                   "return_visit_request, liaison_meeting, trial_of_return, contract_end is "
                   "required.");
      continue;
    }
    event.kind = *kind;
    const auto day = reader.Date(row, date, true);
    event.end = reader.Date(row, end, false);
    event.recorded = reader.Date(row, recorded, false);
    event.adaptation = reader.YesNo(row, adaptation);
    event.working_time = reader.YesNo(row, working_time);
    event.working_days = reader.Integer(row, working_days, false);
    if (!day.has_value()) continue;
    event.date = *day;
    drafts[found->second].member.history.events.push_back(event);
    drafts[found->second].event_rows.push_back(row);
  }
  return reader.Finish();
}

void NoteIdleEvents(Draft& draft) {
  const legal::History& history = draft.member.history;
  absl::CivilDay first = history.prescriptions.front().start;
  for (const legal::Prescription& prescription : history.prescriptions) {
    first = std::min(first, prescription.start);
  }
  for (size_t i = 0; i < history.events.size(); ++i) {
    if (history.events[i].date >= first) continue;
    draft.member.idle_event_rows.push_back(draft.event_rows[i] + 2);
  }
}

std::string Day(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? FormatDate(*day) : std::string();
}

const char* NameOf(legal::ReturnSource source) {
  switch (source) {
    case legal::ReturnSource::kRecorded: return "recorded";
    case legal::ReturnSource::kExpected: return "expected";
    case legal::ReturnSource::kPresumed: return "presumed";
  }
  return "";
}

std::vector<std::string> MilestoneRow(const std::string& subject_id, size_t number,
                                      const legal::LeaveEpisode& episode,
                                      const legal::Milestone& milestone,
                                      ExplanationLanguage language) {
  std::vector<std::string> row = {
      subject_id, absl::StrCat(number), FormatDate(episode.start), FormatDate(episode.end),
      absl::StrCat(episode.Days()), FormatDate(episode.return_day), NameOf(episode.return_source),
      std::string(legal::NameOf(milestone.kind)),
      milestone.rule != nullptr ? milestone.rule->id : "",
      milestone.rule != nullptr ? absl::StrCat(milestone.rule->version) : "",
      Day(milestone.possible_from), Day(milestone.due), Day(milestone.latest),
      std::string(legal::NameOf(milestone.state)), Day(milestone.done_on),
      absl::StrJoin(milestone.flags, "|")};
  if (language != ExplanationLanguage::kEnglish) row.push_back(milestone.explanation.fr);
  if (language != ExplanationLanguage::kFrench) row.push_back(milestone.explanation.en);
  return row;
}

std::string Parameters(const legal::Rule& rule) {
  std::vector<std::string> parts;
  for (const legal::Threshold& t : rule.thresholds) {
    const auto sign = [](legal::Comparison c) {
      return c == legal::Comparison::kMoreThan ? ">" : ">=";
    };
    std::string text = absl::StrCat(
        absl::StrJoin(t.causes, "+", [](std::string* out, legal::Cause cause) {
          absl::StrAppend(out, std::string(legal::NameOf(cause)));
        }), " ", sign(t.comparison), " ", t.amount, t.months ? " months" : " days");
    if (t.other_reading.has_value())
      absl::StrAppend(&text, " (other reading ", sign(*t.other_reading), ")");
    parts.push_back(std::move(text));
  }
  if (rule.deadline.has_value()) {
    parts.push_back(absl::StrCat("latest ", rule.deadline->days, " days after ",
                                 rule.deadline->from_return_day ? "return day" : "last leave day",
                                 rule.deadline->other_reading ? " (other reading shown)" : ""));
  }
  if (rule.waiver.has_value()) {
    parts.push_back(absl::StrCat(
        "waiver: pre-return visit within ", rule.waiver->window_days, " days before return",
        rule.waiver->part_time_is_measure ? ", part-time is a working-time measure" : ""));
  }
  if (rule.trial.has_value()) {
    parts.push_back(absl::StrCat("trial ", rule.trial->max_days, " working days, ",
                                 rule.trial->max_total_days, " in total"));
  }
  if (rule.cap.has_value()) {
    parts.push_back(absl::StrCat("first ", rule.cap->first_days, " days, renewal ",
                                 rule.cap->renewal_days));
  }
  if (rule.prior_full_leave_required) parts.push_back("after a full leave");
  return absl::StrJoin(parts, "; ");
}

}  // namespace

absl::StatusOr<std::vector<LegalMember>> ReadHistories(absl::string_view leaves,
                                                       absl::string_view leaves_name,
                                                       absl::string_view events,
                                                       absl::string_view events_name,
                                                       absl::CivilDay on) {
  std::vector<Draft> drafts;
  Index index;
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable leave_table, text::ParseCsv(leaves, leaves_name));
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable event_table, text::ParseCsv(events, events_name));
  RowReader leave_reader(leave_table, std::string(leaves_name));
  RowReader event_reader(event_table, std::string(events_name));
  REPRISE_RETURN_IF_ERROR(ReadLeaves(leave_table, leave_reader, drafts, index));
  REPRISE_RETURN_IF_ERROR(ReadEvents(event_table, event_reader, drafts, index));
  std::vector<LegalMember> members;
  members.reserve(drafts.size());
  for (Draft& draft : drafts) {
    for (const legal::HistoryFault& fault : legal::CheckHistory(draft.member.history, on)) {
      if (fault.prescription >= 0) {
        leave_reader.Fault(draft.leave_rows[fault.prescription], fault.field, fault.reason,
                           fault.message);
      } else {
        event_reader.Fault(draft.event_rows[fault.event], fault.field, fault.reason,
                           fault.message);
      }
    }
    NoteIdleEvents(draft);
    members.push_back(std::move(draft.member));
  }
  REPRISE_RETURN_IF_ERROR(leave_reader.Finish());
  REPRISE_RETURN_IF_ERROR(event_reader.Finish());
  return members;
}

text::CsvTable MilestoneTable(const std::vector<LegalMember>& members, const legal::RuleBook& book,
                              absl::CivilDay on, ExplanationLanguage language) {
  text::CsvTable table;
  table.header = {"subject_id", "episode", "leave_start", "leave_end", "leave_days", "return_date",
                  "return_source", "milestone", "rule_id", "rule_version", "possible_from", "due",
                  "latest", "state", "done_on", "flags"};
  if (language == ExplanationLanguage::kBoth) {
    table.header.insert(table.header.end(), {"explanation_fr", "explanation_en"});
  } else {
    table.header.push_back("explanation");
  }
  for (const LegalMember& member : members) {
    size_t number = 0;
    for (const auto& derived : legal::DeriveMilestones(book, member.history, on)) {
      ++number;
      for (const legal::Milestone& milestone : derived.milestones) {
        table.rows.push_back(
            MilestoneRow(member.subject_id, number, derived.episode, milestone, language));
      }
    }
  }
  return table;
}

text::CsvTable RuleTable(const legal::RuleBook& book) {
  text::CsvTable table;
  table.header = {"id", "version", "milestone", "applies", "parameters", "articles_fr",
                  "articles_en", "note_fr", "note_en", "source", "url", "evidence", "checked"};
  for (const legal::Rule& rule : book.rules) {
    const std::string applies =
        absl::StrJoin(rule.applies, "; ", [](std::string* out, const legal::Condition& c) {
          absl::StrAppend(out, std::string(legal::NameOf(c.key)), " ", Day(c.from), "..",
                          Day(c.until));
        });
    table.rows.push_back({rule.id, absl::StrCat(rule.version),
                          std::string(legal::NameOf(rule.milestone)), applies, Parameters(rule),
                          rule.articles.fr, rule.articles.en, rule.note.fr, rule.note.en,
                          rule.source, rule.url, rule.evidence, FormatDate(rule.checked)});
  }
  return table;
}

}  // namespace reprise::cli
