// SPDX-License-Identifier: Apache-2.0
#include "services/study/store/protocol_store.h"

#include "services/platform/status.h"
#include "services/study/domain/errors.h"
#include "services/study/store/study_store.h"

namespace reprise::study {
namespace {

constexpr db::Query kLoadStudyCode{"study.load_study_code", R"sql(
  SELECT code
    FROM study.study
   WHERE study_id = $1
)sql"};

constexpr db::Query kListVersions{"study.list_protocol_versions", R"sql(
  SELECT version, label, in_force_date, document_sha256, post_hoc, apply_time, applied_by, change_reason
    FROM study.protocol_version
   WHERE study_id = $1
   ORDER BY version DESC
)sql"};

// Without a version, the newest.
constexpr db::Query kLoadProtocol{"study.load_protocol", R"sql(
  SELECT version, label, in_force_date, document_sha256, post_hoc, apply_time, applied_by, change_reason,
         document, content::text
    FROM study.protocol_version
   WHERE study_id = $1
     AND ($2::int IS NULL OR version = $2)
   ORDER BY version DESC
   LIMIT 1
)sql"};

constexpr db::Query kLoadLiveContent{"study.load_live_content", R"sql(
  SELECT content::text
    FROM study.protocol_version
   WHERE study_id = $1
   ORDER BY version DESC
   LIMIT 1
)sql"};

constexpr db::Query kLoadStageUse{"study.load_stage_use", R"sql(
  SELECT stage, screenings, consents, enrolments
    FROM enrolment.stage_use($1)
   ORDER BY stage
)sql"};

constexpr db::Query kInsertProtocol{"study.insert_protocol", R"sql(
  INSERT INTO study.protocol_version (study_id, version, label, in_force_date, document, document_sha256,
                                      content, post_hoc, apply_time, applied_by, change_reason)
  VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11)
)sql"};

constexpr db::Query kRenameSite{"study.rename_site", R"sql(
  UPDATE study.site
     SET name = $2
   WHERE site_id = $1
)sql"};

ProtocolVersion VersionOf(const std::string& study_id, const db::Row& row) {
  return {.study_id = study_id,
          .version = row.Get<int>(0),
          .label = row.Get<std::string>(1),
          .in_force_date = row.Get<absl::CivilDay>(2),
          .document_sha256 = row.Get<db::Bytes>(3).value,
          .post_hoc = row.Get<bool>(4),
          .apply_time = row.Get<absl::Time>(5),
          .applied_by = row.Get<std::string>(6),
          .change_reason = row.Get<std::string>(7)};
}

absl::StatusOr<std::string> LoadStudyCode(db::Tx& tx, const std::string& study_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadStudyCode, study_id));
  if (rows.empty()) return StudyNotFound(study_id);
  return rows[0].Get<std::string>(0);
}

}  // namespace

absl::StatusOr<std::vector<ProtocolVersion>> ListProtocolVersions(db::Tx& tx, const std::string& study_id) {
  REPRISE_RETURN_IF_ERROR(LoadStudyCode(tx, study_id).status());
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListVersions, study_id));
  std::vector<ProtocolVersion> versions;
  for (const db::Row row : rows) versions.push_back(VersionOf(study_id, row));
  return versions;
}

absl::StatusOr<ProtocolState> LoadProtocolState(db::Tx& tx, const std::string& study_id) {
  ProtocolState state;
  REPRISE_ASSIGN_OR_RETURN(state.study_code, LoadStudyCode(tx, study_id));
  REPRISE_ASSIGN_OR_RETURN(state.versions, ListProtocolVersions(tx, study_id));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Site> sites, ListSites(tx));
  for (const Site& site : sites) {
    if (site.study_id == study_id) state.sites.push_back(site);
  }
  REPRISE_ASSIGN_OR_RETURN(const db::Rows live, tx.Select(kLoadLiveContent, study_id));
  if (!live.empty()) state.live_content = live[0].Get<std::string>(0);
  REPRISE_ASSIGN_OR_RETURN(const db::Rows uses, tx.Select(kLoadStageUse, study_id));
  for (const db::Row row : uses) {
    state.uses.push_back({.stage = row.Get<std::string>(0),
                          .screenings = row.Get<int64_t>(1),
                          .consents = row.Get<int64_t>(2),
                          .enrolments = row.Get<int64_t>(3)});
  }
  return state;
}

absl::StatusOr<StoredProtocol> LoadProtocol(db::Tx& tx, const std::string& study_id, std::optional<int> version) {
  REPRISE_RETURN_IF_ERROR(LoadStudyCode(tx, study_id).status());
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadProtocol, study_id, version));
  if (rows.empty()) return ProtocolVersionNotFound();
  return StoredProtocol{.version = VersionOf(study_id, rows[0]),
                        .document = rows[0].Get<std::string>(8),
                        .content = rows[0].Get<std::string>(9)};
}

void InsertProtocol(db::Tx& tx, const StoredProtocol& protocol) {
  const ProtocolVersion& version = protocol.version;
  tx.Execute(kInsertProtocol, version.study_id, version.version, version.label, version.in_force_date,
             protocol.document, db::Bytes{version.document_sha256}, protocol.content, version.post_hoc,
             version.apply_time, version.applied_by, version.change_reason);
}

void RenameSite(db::Tx& tx, const Site& site) { tx.Execute(kRenameSite, site.site_id, site.name); }

}  // namespace reprise::study
