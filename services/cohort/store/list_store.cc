// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/store/list_store.h"

#include "absl/strings/numbers.h"

#include "services/cohort/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

constexpr db::ConstraintReason kConstraints[] = {
    {"allocation_list_stage_key", absl::StatusCode::kAlreadyExists, "ALLOCATION_LIST_EXISTS",
     "The stage has its allocation list already."},
    {"allocation_pkey", absl::StatusCode::kAlreadyExists, "PARTICIPANT_ALLOCATED",
     "The participant is allocated already."},
};

constexpr db::Query kListSiteCodes{"cohort.list_site_codes", R"sql(
  SELECT code
    FROM study.published_site
   WHERE study_id = $1
   ORDER BY code
)sql"};

constexpr db::Query kNewestProtocol{"cohort.newest_protocol", R"sql(
  SELECT (SELECT max(version) FROM study.published_protocol WHERE study_id = $1),
         EXISTS (SELECT FROM study.published_site WHERE study_id = $1)
)sql"};

constexpr db::Query kLoadStage{"cohort.load_stage", R"sql(
  SELECT ARRAY(SELECT jsonb_array_elements_text(coalesce(allocation -> 'block_sizes', '[]')))
    FROM study.published_stage
   WHERE study_id = $1
     AND version = $2
     AND stage = $3
)sql"};

constexpr db::Query kListArms{"cohort.list_arms", R"sql(
  SELECT a.arm, coalesce(a.ratio, 1)
    FROM study.published_stage AS s
    JOIN study.published_arm AS a ON a.study_id = s.study_id AND a.version = s.version AND s.arms ? a.arm
   WHERE s.study_id = $1
     AND s.version = $2
     AND s.stage = $3
   ORDER BY a.position
)sql"};

constexpr db::Query kListFactors{"cohort.list_factors", R"sql(
  SELECT f.f ->> 'code', ARRAY(SELECT jsonb_array_elements_text(coalesce(f.f -> 'levels', '[]')))
    FROM study.published_stage AS s,
         jsonb_array_elements(coalesce(s.allocation -> 'factors', '[]')) WITH ORDINALITY AS f(f, n)
   WHERE s.study_id = $1
     AND s.version = $2
     AND s.stage = $3
   ORDER BY f.n
)sql"};

constexpr db::Query kInsertList{"cohort.insert_list", R"sql(
  INSERT INTO cohort.allocation_list (list_id, study_id, stage, protocol_version, design, sealed_seed,
                                      seed_sha256, made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

constexpr db::Query kFindList{"cohort.find_list", R"sql(
  SELECT list_id, study_id, stage, protocol_version, design, sealed_seed, seed_sha256, made_by, made_time
    FROM cohort.allocation_list
   WHERE study_id = $1
     AND stage = $2
)sql"};

}  // namespace

absl::Span<const db::ConstraintReason> Constraints() { return kConstraints; }

absl::StatusOr<std::vector<std::string>> ListSiteCodes(db::Tx& tx, const std::string& study_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListSiteCodes, study_id));
  std::vector<std::string> codes;
  for (const db::Row row : rows) codes.push_back(row.Get<std::string>(0));
  return codes;
}

absl::StatusOr<int> NewestProtocol(db::Tx& tx, const std::string& study_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kNewestProtocol, study_id));
  const auto version = rows[0].Get<std::optional<int64_t>>(0);
  if (version.has_value()) return static_cast<int>(*version);
  return rows[0].Get<bool>(1) ? ProtocolMissing() : StudyNotFound(study_id);
}

absl::StatusOr<StagePlan> LoadStagePlan(db::Tx& tx, const std::string& study_id, int version,
                                        const std::string& stage) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows stages, tx.Select(kLoadStage, study_id, version, stage));
  if (stages.empty()) return StageUnknown();
  StagePlan plan{.protocol_version = version};
  for (const std::string& size : stages[0].Get<std::vector<std::string>>(0)) {
    int value = 0;
    if (!absl::SimpleAtoi(size, &value)) return DesignUnusable("block_sizes: not a number.");
    plan.block_sizes.push_back(value);
  }
  REPRISE_ASSIGN_OR_RETURN(const db::Rows arms, tx.Select(kListArms, study_id, version, stage));
  for (const db::Row row : arms) {
    plan.arms.push_back({.code = row.Get<std::string>(0), .ratio = row.Get<int>(1)});
  }
  REPRISE_ASSIGN_OR_RETURN(const db::Rows factors, tx.Select(kListFactors, study_id, version, stage));
  for (const db::Row row : factors) {
    randomisation::Factor& factor = plan.factors.emplace_back();
    factor.name = row.Get<std::string>(0);
    factor.levels = row.Get<std::vector<std::string>>(1);
  }
  return plan;
}

void InsertList(db::Tx& tx, const AllocationList& list) {
  tx.Execute(kInsertList, list.list_id, list.study_id, list.stage, list.protocol_version,
             randomisation::DesignText(list.design), db::Bytes{list.sealed_seed},
             db::Bytes{list.seed_sha256}, list.made_by, list.made_time);
}

absl::StatusOr<std::optional<AllocationList>> FindList(db::Tx& tx, const std::string& study_id,
                                                       const std::string& stage) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindList, study_id, stage));
  if (rows.empty()) return std::optional<AllocationList>();
  const db::Row row = rows[0];
  AllocationList list{.list_id = row.Get<std::string>(0),
                      .study_id = row.Get<std::string>(1),
                      .stage = row.Get<std::string>(2),
                      .protocol_version = row.Get<int>(3),
                      .sealed_seed = row.Get<db::Bytes>(5).value,
                      .seed_sha256 = row.Get<db::Bytes>(6).value,
                      .made_by = row.Get<std::string>(7),
                      .made_time = row.Get<absl::Time>(8)};
  REPRISE_ASSIGN_OR_RETURN(list.design, randomisation::ParseDesign(row.Get<std::string>(4)));
  return std::make_optional(std::move(list));
}

}  // namespace reprise::cohort
