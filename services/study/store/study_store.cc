// SPDX-License-Identifier: Apache-2.0
#include "services/study/store/study_store.h"

#include "services/platform/status.h"

namespace reprise::study {
namespace {

constexpr db::ConstraintReason kConstraints[] = {
    {"study_code_key", absl::StatusCode::kAlreadyExists, "STUDY_CODE_TAKEN",
     "Another study has this code."},
    {"site_code_key", absl::StatusCode::kAlreadyExists, "SITE_CODE_TAKEN",
     "Another site of the study has this code."},
    {"protocol_version_pkey", absl::StatusCode::kAborted, "ETAG_MISMATCH",
     "Another version was applied at the same time; plan again."},
    {"protocol_version_label_key", absl::StatusCode::kAborted, "ETAG_MISMATCH",
     "Another version was applied at the same time; plan again."},
    {"site_study_fkey", absl::StatusCode::kNotFound, "STUDY_NOT_FOUND", "There is no such study."},
};

constexpr db::Query kInsertStudy{"study.insert_study", R"sql(
  INSERT INTO study.study (study_id, code, title_fr, title_en, made_time)
  VALUES ($1, $2, $3, $4, $5)
)sql"};

constexpr db::Query kInsertSite{"study.insert_site", R"sql(
  INSERT INTO study.site (site_id, study_id, code, name, time_zone, made_time)
  VALUES ($1, $2, $3, $4, $5, $6)
)sql"};

constexpr db::Query kListStudies{"study.list_studies", R"sql(
  SELECT study_id, code, title_fr, title_en, made_time
    FROM study.study
   ORDER BY code
)sql"};

constexpr db::Query kListSites{"study.list_sites", R"sql(
  SELECT site_id, study_id, code, name, time_zone, made_time
    FROM study.site
   ORDER BY study_id, code
)sql"};

std::optional<std::string> Title(const Study& study, const char* language) {
  const auto at = study.title.find(language);
  if (at == study.title.end()) return std::nullopt;
  return at->second;
}

}  // namespace

absl::Span<const db::ConstraintReason> Constraints() { return kConstraints; }

void InsertStudy(db::Tx& tx, const Study& study) {
  tx.Execute(kInsertStudy, study.study_id, study.code, Title(study, "fr"), Title(study, "en"),
             study.made_time);
}

void InsertSite(db::Tx& tx, const Site& site) {
  tx.Execute(kInsertSite, site.site_id, site.study_id, site.code, site.name, site.time_zone,
             site.made_time);
}

absl::StatusOr<std::vector<Study>> ListStudies(db::Tx& tx) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListStudies));
  std::vector<Study> studies;
  for (const db::Row row : rows) {
    Study study{.study_id = row.Get<std::string>(0), .code = row.Get<std::string>(1), .title = {},
                .made_time = row.Get<absl::Time>(4)};
    if (!row.IsNull(2)) study.title["fr"] = row.Get<std::string>(2);
    if (!row.IsNull(3)) study.title["en"] = row.Get<std::string>(3);
    studies.push_back(std::move(study));
  }
  return studies;
}

absl::StatusOr<std::vector<Site>> ListSites(db::Tx& tx) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListSites));
  std::vector<Site> sites;
  for (const db::Row row : rows) {
    sites.push_back({.site_id = row.Get<std::string>(0),
                     .study_id = row.Get<std::string>(1),
                     .code = row.Get<std::string>(2),
                     .name = row.Get<std::string>(3),
                     .time_zone = row.Get<std::string>(4),
                     .made_time = row.Get<absl::Time>(5)});
  }
  return sites;
}

}  // namespace reprise::study
