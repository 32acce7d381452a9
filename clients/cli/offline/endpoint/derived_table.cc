// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/endpoint/derived_table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/phase/domain/endpoint/derive.h"
#include "services/phase/domain/endpoint/errors.h"
#include "services/phase/domain/endpoint/landmark.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

using endpoint::Definition;
using endpoint::Kind;

using Cells = std::vector<std::string>;

std::string Number(std::optional<double> value) {
  return value.has_value() ? text::FormatDouble(*value) : std::string();
}

// "" or "_<stem>", so that two windows of absence can stand side by side.
std::string AbsenceColumn(const char* name, const Definition& definition) {
  return absl::StrCat(name, "_", definition.window_days, definition.stem.empty() ? "" : "_",
                      definition.stem);
}

// The work fraction is read once for each definition whose landmarks are exported.
std::string FractionColumn(const Definition& definition, int day) {
  const bool plain = definition.landmark_stem == "srtw";
  return absl::StrCat("work_fraction_at_", day, plain ? "" : "_",
                      plain ? "" : definition.landmark_stem);
}

Cells Header(const std::vector<Definition>& chosen) {
  Cells header = {"dataset", "subject_id", "arm", "centre", "obs_days"};
  for (const Definition& d : chosen) {
    if (d.kind != Kind::kReturn) continue;
    header.push_back(absl::StrCat(d.stem, "_time"));
    header.push_back(absl::StrCat(d.stem, "_status"));
    if (d.naive_column) header.push_back(absl::StrCat(d.stem, "_time_naive_cens"));
  }
  for (const Definition& d : chosen) {
    if (d.kind != Kind::kReturn || d.landmark_stem.empty()) continue;
    for (const int day : d.landmark_days) {
      header.push_back(absl::StrCat(d.landmark_stem, "_by_", day));
    }
    for (const int day : d.landmark_days) header.push_back(FractionColumn(d, day));
  }
  for (const Definition& d : chosen) {
    if (d.kind != Kind::kAbsence) continue;
    for (const char* name : {"observed_days", "sick_days", "fte_days_lost", "fte_days_worked",
                             "unknown_days"}) {
      header.push_back(AbsenceColumn(name, d));
    }
  }
  for (const Definition& d : chosen) {
    if (d.kind != Kind::kRecurrence) continue;
    header.push_back(absl::StrCat(d.stem, "_time"));
    header.push_back(absl::StrCat(d.stem, "_status"));
  }
  return header;
}

void AppendTime(const std::optional<endpoint::TimeToEvent>& result, Cells& row) {
  row.push_back(result.has_value() ? absl::StrCat(result->time) : "");
  row.push_back(result.has_value() ? absl::StrCat(static_cast<int>(result->status)) : "");
}

void AppendLandmarks(const CohortMember& member, const Definition& d, Cells& row) {
  const auto result = endpoint::DeriveReturn(member.participant, member.episodes, d);
  for (const int day : d.landmark_days) {
    const endpoint::LandmarkState state = endpoint::ReadLandmark(result, d, day).state;
    row.push_back(state == endpoint::LandmarkState::kReached      ? "1"
                  : state == endpoint::LandmarkState::kNotReached ? "0"
                                                                  : "");
  }
  for (const int day : d.landmark_days) {
    row.push_back(Number(endpoint::FractionOn(member.participant, member.episodes, d, day)));
  }
}

void AppendAbsence(const CohortMember& member, const Definition& d, Cells& row) {
  const auto absence = endpoint::DeriveAbsence(member.participant, member.episodes, d);
  if (!absence.has_value()) {
    row.insert(row.end(), 5, "");
    return;
  }
  row.push_back(absl::StrCat(absence->observed_days));
  row.push_back(absl::StrCat(absence->sick_days));
  row.push_back(Number(absence->fte_days_lost));
  row.push_back(Number(absence->fte_days_worked));
  row.push_back(absl::StrCat(absence->unknown_days));
}

Cells Row(const CohortMember& member, const std::vector<Definition>& chosen,
          const std::vector<Definition>& all) {
  const auto observed = endpoint::ObservedDays(member.participant);
  Cells row = {member.dataset, member.subject_id, member.arm, member.centre,
               observed.has_value() ? absl::StrCat(*observed) : ""};
  for (const Definition& d : chosen) {
    if (d.kind != Kind::kReturn) continue;
    const auto result = endpoint::DeriveReturn(member.participant, member.episodes, d);
    AppendTime(result, row);
    if (d.naive_column) row.push_back(result.has_value() ? absl::StrCat(result->naive_time) : "");
  }
  for (const Definition& d : chosen) {
    if (d.kind == Kind::kReturn && !d.landmark_stem.empty()) AppendLandmarks(member, d, row);
  }
  for (const Definition& d : chosen) {
    if (d.kind == Kind::kAbsence) AppendAbsence(member, d, row);
  }
  for (const Definition& d : chosen) {
    if (d.kind != Kind::kRecurrence) continue;
    const Definition& after = AfterOf(d, all);
    AppendTime(endpoint::DeriveRecurrence(
                   member.participant, member.episodes, after,
                   endpoint::DeriveReturn(member.participant, member.episodes, after), d.run_days),
               row);
  }
  return row;
}

}  // namespace

absl::StatusOr<std::vector<Definition>> SelectDefinitions(const std::vector<Definition>& all,
                                                          const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const bool known =
        std::any_of(all.begin(), all.end(), [&](const Definition& d) { return d.id == id; });
    if (known) continue;
    return endpoint::DefinitionUnknown(
        id, absl::StrJoin(all, ", ", [](std::string* out, const Definition& d) { *out += d.id; }));
  }
  std::vector<Definition> chosen;
  for (const Definition& d : all) {
    const bool named = std::find(ids.begin(), ids.end(), d.id) != ids.end();
    if (ids.empty() ? d.by_default : named) chosen.push_back(d);
  }
  return chosen;
}

text::CsvTable DeriveTable(absl::Span<const CohortMember> members,
                           const std::vector<Definition>& chosen,
                           const std::vector<Definition>& all) {
  text::CsvTable table{.header = Header(chosen), .rows = {}};
  table.rows.reserve(members.size());
  for (const CohortMember& member : members) table.rows.push_back(Row(member, chosen, all));
  return table;
}

const Definition& AfterOf(const Definition& recurrence, const std::vector<Definition>& all) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Definition& d) {
    return d.id == recurrence.after && d.kind == Kind::kReturn;
  });
  REPRISE_CHECK(found != all.end());
  return *found;
}

}  // namespace reprise::cli
