// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/endpoint/cohort_tables.h"

#include <array>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

#include "clients/cli/offline/endpoint/row_reader.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

using endpoint::Denominator;
using endpoint::Episode;
using endpoint::Participant;

constexpr const char* kSubjectColumns[] = {"dataset",     "subject_id", "arm",
                                           "centre",      "index_day",  "obs_end_day",
                                           "end_reason",  "competing_day", "competing_type"};
constexpr const char* kEpisodeColumns[] = {"dataset", "subject_id", "start_day",
                                           "end_day", "status",     "work_fraction"};

// Neither may hold the separator of the key.
std::string Key(const std::string& dataset, const std::string& subject_id) {
  return absl::StrCat(dataset, "\x1f", subject_id);
}

// A member under construction: its episodes with the rows they came from.
struct Draft {
  CohortMember member;
  std::vector<size_t> rows;
};

using Index = absl::flat_hash_map<std::string, size_t>;

class SubjectReader {
 public:
  SubjectReader(const text::CsvTable& table, std::string file)
      : table_(table), reader_(table, std::move(file)) {}

  absl::Status Read(std::vector<Draft>& drafts, Index& index) {
    REPRISE_RETURN_IF_ERROR(reader_.Require(kSubjectColumns));
    for (const char* name : kSubjectColumns) columns_.push_back(table_.Column(name));
    const int index_date = table_.Column("index_date");
    const int randomisation = table_.Column("randomisation_day");
    drafts.reserve(table_.rows.size());
    for (size_t row = 0; row < table_.rows.size() && !reader_.Full(); ++row) {
      const size_t faults_before = reader_.FaultCount();
      Draft draft{.member = Identity(row), .rows = {}};
      Participant& participant = draft.member.participant;
      participant = Days(row);
      participant.index_date = reader_.Date(row, index_date, false);
      participant.randomisation_day = reader_.Integer(row, randomisation, false);
      if (reader_.FaultCount() == faults_before) {
        for (const endpoint::Fault& fault : endpoint::CheckParticipant(participant)) {
          reader_.Fault(row, fault.field, fault.reason, fault.message);
        }
      }
      if (!index.emplace(Key(draft.member.dataset, draft.member.subject_id), row).second) {
        reader_.Fault(row, "subject_id", "SUBJECT_DUPLICATE",
                      "The participant stands in an earlier row of the dataset already.");
      }
      drafts.push_back(std::move(draft));
    }
    return reader_.Finish();
  }

 private:
  CohortMember Identity(size_t row) {
    CohortMember member;
    member.dataset = reader_.Text(row, columns_[0]);
    member.subject_id = reader_.Text(row, columns_[1]);
    member.arm = reader_.Text(row, columns_[2]);
    member.centre = reader_.Text(row, columns_[3]);
    if (member.subject_id.empty()) {
      reader_.Fault(row, "subject_id", "VALUE_MISSING", "A value is required.");
    }
    return member;
  }

  Participant Days(size_t row) {
    Participant participant;
    participant.index_day = reader_.Integer(row, columns_[4], false);
    participant.obs_end_day = reader_.Integer(row, columns_[5], true).value_or(0);
    const auto reason = endpoint::EndReasonOf(reader_.Text(row, columns_[6]));
    if (!reason.has_value()) {
      reader_.Fault(row, "end_reason", "END_REASON_UNKNOWN",
                    "One of administrative, withdrawal, lost_to_follow_up, competing is required.");
    }
    participant.end_reason = reason.value_or(endpoint::EndReason::kAdministrative);
    participant.competing_day = reader_.Integer(row, columns_[7], false);
    const auto competing = endpoint::CompetingEventOf(reader_.Text(row, columns_[8]));
    if (!competing.has_value()) {
      reader_.Fault(row, "competing_type", "COMPETING_TYPE_UNKNOWN",
                    "One of death, retirement, disability_pension or nothing is required.");
    }
    participant.competing = competing.value_or(endpoint::CompetingEvent::kNone);
    return participant;
  }

  const text::CsvTable& table_;
  RowReader reader_;
  std::vector<int> columns_;
};

class EpisodeReader {
 public:
  EpisodeReader(const text::CsvTable& table, std::string file)
      : table_(table), reader_(table, std::move(file)) {}

  absl::Status Read(std::vector<Draft>& drafts, const Index& index) {
    REPRISE_RETURN_IF_ERROR(reader_.Require(kEpisodeColumns));
    for (const char* name : kEpisodeColumns) columns_.push_back(table_.Column(name));
    fractions_ = {columns_[5], table_.Column("work_fraction_current_contract"),
                  table_.Column("work_fraction_full_time")};
    for (size_t row = 0; row < table_.rows.size() && !reader_.Full(); ++row) {
      const auto found =
          index.find(Key(reader_.Text(row, columns_[0]), reader_.Text(row, columns_[1])));
      if (found == index.end()) {
        reader_.Fault(row, "subject_id", "SUBJECT_UNKNOWN",
                      "The file of subjects has no such participant in this dataset.");
        continue;
      }
      drafts[found->second].member.episodes.push_back(ReadEpisode(row));
      drafts[found->second].rows.push_back(row);
    }
    return reader_.Finish();
  }

  // Checks one member's timeline, settles its overlaps where asked, and normalises it.
  void Settle(Draft& draft, bool settle_overlaps, std::vector<SettledConflict>& conflicts) {
    CohortMember& member = draft.member;
    std::vector<endpoint::Fault> faults =
        endpoint::CheckEpisodes(member.participant, member.episodes);
    const bool overlaps = !faults.empty() && faults[0].reason == "EPISODES_OVERLAP";
    if (overlaps && settle_overlaps) {
      const endpoint::Resolution resolution = endpoint::ResolveOverlaps(member.episodes);
      for (const endpoint::Conflict& conflict : resolution.conflicts) {
        conflicts.push_back({.dataset = member.dataset, .subject_id = member.subject_id,
                             .kept_row = draft.rows[conflict.kept] + 2,
                             .dropped_row = draft.rows[conflict.dropped] + 2,
                             .kept = member.episodes[conflict.kept].status,
                             .dropped = member.episodes[conflict.dropped].status,
                             .start_day = conflict.start_day, .end_day = conflict.end_day});
      }
      // What the rule does not settle is reported by the rows as they stand in the file.
      if (endpoint::CheckEpisodes(member.participant, resolution.episodes).empty()) {
        member.episodes = resolution.episodes;
        faults.clear();
      }
    }
    for (const endpoint::Fault& fault : faults) {
      const bool overlap = fault.reason == "EPISODES_OVERLAP" && !settle_overlaps;
      reader_.Fault(draft.rows[fault.episode], fault.field, fault.reason,
                    overlap ? absl::StrCat(fault.message, " (--settle-overlaps applies the rule "
                                                          "PARTIAL over SICK over LEAVE.)")
                            : fault.message);
    }
    if (faults.empty()) member.episodes = endpoint::Normalise(member.episodes);
  }

  bool Full() const { return reader_.Full(); }
  absl::Status Finish() const { return reader_.Finish(); }

 private:
  Episode ReadEpisode(size_t row) {
    Episode episode;
    episode.start_day = reader_.Integer(row, columns_[2], true).value_or(0);
    episode.end_day = reader_.Integer(row, columns_[3], true).value_or(1);
    const auto status = endpoint::WorkStatusOf(reader_.Text(row, columns_[4]));
    if (!status.has_value()) {
      reader_.Fault(row, "status", "STATUS_UNKNOWN",
                    "One of SICK, PARTIAL, WORK, LEAVE, MATERNITY, UNEMPLOYED, RETIRED, "
                    "DISABILITY, OTHER is required.");
    }
    episode.status = status.value_or(endpoint::WorkStatus::kOther);
    for (size_t i = 0; i < endpoint::kDenominators; ++i) {
      episode.fraction[i] = reader_.Number(row, fractions_[i], false);
    }
    return episode;
  }

  const text::CsvTable& table_;
  RowReader reader_;
  std::vector<int> columns_;
  std::array<int, endpoint::kDenominators> fractions_ = {};
};

}  // namespace

absl::StatusOr<Cohort> ReadCohort(absl::string_view subjects, absl::string_view subjects_name,
                                  absl::string_view episodes, absl::string_view episodes_name,
                                  bool settle_overlaps) {
  std::vector<Draft> drafts;
  Index index;
  {
    REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table, text::ParseCsv(subjects, subjects_name));
    REPRISE_RETURN_IF_ERROR(
        SubjectReader(table, std::string(subjects_name)).Read(drafts, index));
  }
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table, text::ParseCsv(episodes, episodes_name));
  EpisodeReader reader(table, std::string(episodes_name));
  REPRISE_RETURN_IF_ERROR(reader.Read(drafts, index));
  Cohort cohort;
  cohort.members.reserve(drafts.size());
  for (Draft& draft : drafts) {
    if (reader.Full()) break;
    reader.Settle(draft, settle_overlaps, cohort.conflicts);
    cohort.members.push_back(std::move(draft.member));
  }
  REPRISE_RETURN_IF_ERROR(reader.Finish());
  return cohort;
}

}  // namespace reprise::cli
