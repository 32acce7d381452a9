// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/store/draft_store.h"

#include <algorithm>

#include "services/platform/status.h"

namespace reprise::questionnaire {
namespace {

constexpr db::Query kLoadEnd{"questionnaire.load_end", R"sql(
  SELECT EXISTS (SELECT FROM questionnaire.response WHERE instance_id = $1),
         EXISTS (SELECT FROM questionnaire.participant_end WHERE participant_id = $2)
)sql"};

constexpr db::Query kSaveDraft{"questionnaire.save_draft", R"sql(
  INSERT INTO questionnaire.draft (instance_id, item_code, answer, missing, save_time, saved_by,
                                   participant_id, study_id, site_id)
  SELECT $1, t.item_code, t.answer, t.missing, $5, $6, $7, $8, $9
    FROM unnest($2::text[], $3::text[], $4::text[]) AS t (item_code, answer, missing)
      ON CONFLICT ON CONSTRAINT draft_pkey
      DO UPDATE SET answer = excluded.answer, missing = excluded.missing,
                    save_time = excluded.save_time, saved_by = excluded.saved_by
)sql"};

constexpr db::Query kRemoveDraft{"questionnaire.remove_from_draft", R"sql(
  DELETE FROM questionnaire.draft
   WHERE instance_id = $1
     AND item_code = ANY ($2::text[])
)sql"};

constexpr db::Query kLoadDraft{"questionnaire.load_draft", R"sql(
  SELECT item_code, answer, missing, save_time
    FROM questionnaire.draft
   WHERE instance_id = $1
     AND NOT EXISTS (SELECT FROM questionnaire.response WHERE instance_id = $1)
   ORDER BY item_code
)sql"};

}  // namespace

absl::StatusOr<End> LoadEnd(db::Tx& tx, const Instance& instance) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kLoadEnd, instance.instance_id, instance.participant_id));
  return End{.submitted = rows[0].Get<bool>(0), .cancelled = rows[0].Get<bool>(1)};
}

void ChangeDraft(db::Tx& tx, const Instance& instance, const DraftChange& change) {
  std::vector<std::string> codes, missing;
  std::vector<std::optional<std::string>> answers;
  for (const DraftAnswer& saved : change.saved) {
    codes.push_back(saved.item_code);
    answers.push_back(saved.answer);
    missing.emplace_back(1, saved.missing);
  }
  if (!codes.empty()) {
    tx.Execute(kSaveDraft, instance.instance_id, codes, answers, missing, tx.call().now,
               tx.call().actor.user_id, instance.participant_id, instance.study_id, instance.site_id);
  }
  if (!change.removed.empty()) tx.Execute(kRemoveDraft, instance.instance_id, change.removed);
}

absl::StatusOr<Draft> LoadDraft(db::Tx& tx, const std::string& instance_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadDraft, instance_id));
  Draft draft;
  for (const db::Row row : rows) {
    draft.answers.push_back({.item_code = row.Get<std::string>(0),
                             .answer = row.Get<std::optional<std::string>>(1),
                             .missing = row.Get<std::string>(2)[0]});
    const absl::Time saved = row.Get<absl::Time>(3);
    draft.save_time = std::max(draft.save_time.value_or(saved), saved);
  }
  return draft;
}

}  // namespace reprise::questionnaire
