// SPDX-License-Identifier: Apache-2.0
#include "services/access/store/link_store.h"

#include "services/access/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

constexpr db::Query kLoadParticipant{"access.load_participant", R"sql(
  SELECT study_id, site_id, code, withdrawal_date IS NULL AND death_date IS NULL
    FROM enrolment.published_participation
   WHERE participant_id = $1
)sql"};

constexpr db::Query kFindParticipantAccount{"access.find_participant_account", R"sql(
  SELECT user_id, login_name, display_name, language, disabled_time, made_time, version
    FROM access.account
   WHERE participant_id = $1
   ORDER BY disabled_time IS NOT NULL, made_time, user_id
   LIMIT 1
)sql"};

constexpr db::Query kInsertParticipantAccount{"access.insert_participant_account", R"sql(
  INSERT INTO access.account (user_id, login_name, display_name, language, participant_id, made_time)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (login_name) DO NOTHING
  RETURNING user_id
)sql"};

constexpr db::Query kInsertLink{"access.insert_link", R"sql(
  INSERT INTO access.participant_link (link_id, participant_id, study_id, site_id, user_id, token_hash,
                                       code_hash, instance_id, made_by, made_time, until_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
)sql"};

constexpr db::Query kLoadLink{"access.load_link", R"sql(
  SELECT l.link_id, l.participant_id, l.study_id, l.site_id, l.user_id, l.instance_id, l.made_by,
         l.made_time, l.until_time, l.redeem_time, l.session_id, l.revoke_time
    FROM access.participant_link AS l
   WHERE l.link_id = $1
     AND EXISTS (SELECT FROM enrolment.published_participation AS p
                  WHERE p.participant_id = l.participant_id)
     FOR UPDATE
)sql"};

constexpr db::Query kFindLink{"access.find_link", R"sql(
  SELECT l.link_id, l.participant_id, l.study_id, l.site_id, l.user_id, l.instance_id, l.made_by,
         l.made_time, l.until_time, l.redeem_time, l.session_id, l.revoke_time,
         a.disabled_time IS NULL
         AND access.is_reachable(l.participant_id)
         AND EXISTS (SELECT FROM access.delegation AS d
                      WHERE d.user_id = l.user_id
                        AND d.role = 'participant'
                        AND d.study_id = l.study_id
                        AND d.from_time <= $2
                        AND (d.until_time IS NULL OR d.until_time > $2))
    FROM access.participant_link AS l
    JOIN access.account AS a USING (user_id)
   WHERE l.token_hash = $1
      OR l.code_hash = $1
     FOR UPDATE OF l
)sql"};

constexpr db::Query kListLinks{"access.list_links", R"sql(
  SELECT l.link_id, l.participant_id, l.study_id, l.site_id, l.user_id, l.instance_id, l.made_by,
         l.made_time, l.until_time, l.redeem_time, l.session_id, l.revoke_time
    FROM access.participant_link AS l
   WHERE l.participant_id = $1
     AND ($2::uuid IS NULL
          OR (l.made_time, l.link_id) < (SELECT b.made_time, b.link_id
                                           FROM access.participant_link AS b
                                          WHERE b.link_id = $2))
   ORDER BY l.made_time DESC, l.link_id DESC
   LIMIT $3
)sql"};

constexpr db::Query kRedeemLink{"access.redeem_link", R"sql(
  UPDATE access.participant_link
     SET redeem_time = $3, session_id = $2
   WHERE link_id = $1
)sql"};

constexpr db::Query kRevokeLink{"access.revoke_link", R"sql(
  UPDATE access.participant_link
     SET revoke_time = $2
   WHERE link_id = $1
)sql"};

ParticipantLink ReadLink(const db::Row& row) {
  return {.link_id = row.Get<std::string>(0),
          .participant_id = row.Get<std::string>(1),
          .study_id = row.Get<std::string>(2),
          .site_id = row.Get<std::string>(3),
          .user_id = row.Get<std::string>(4),
          .instance_id = row.Get<std::optional<std::string>>(5).value_or(""),
          .made_by = row.Get<std::string>(6),
          .made_time = row.Get<absl::Time>(7),
          .until_time = row.Get<absl::Time>(8),
          .redeem_time = row.Get<std::optional<absl::Time>>(9),
          .session_id = row.Get<std::optional<std::string>>(10).value_or(""),
          .revoke_time = row.Get<std::optional<absl::Time>>(11)};
}

}  // namespace

absl::StatusOr<LinkedParticipant> LoadParticipant(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadParticipant, participant_id));
  if (rows.empty()) return ParticipantNotFound(participant_id);
  return LinkedParticipant{.study_id = rows[0].Get<std::string>(0),
                           .site_id = rows[0].Get<std::string>(1),
                           .code = rows[0].Get<std::string>(2),
                           .reachable = rows[0].Get<bool>(3)};
}

absl::StatusOr<std::optional<Account>> FindParticipantAccount(db::Tx& tx,
                                                              const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindParticipantAccount, participant_id));
  std::optional<Account> found;
  if (!rows.empty()) {
    found = {.user_id = rows[0].Get<std::string>(0),
             .login_name = rows[0].Get<std::string>(1),
             .display_name = rows[0].Get<std::string>(2),
             .language = rows[0].Get<std::string>(3),
             .participant_id = participant_id,
             .disabled_time = rows[0].Get<std::optional<absl::Time>>(4),
             .made_time = rows[0].Get<absl::Time>(5),
             .version = rows[0].Get<int64_t>(6)};
  }
  return found;
}

absl::StatusOr<bool> InsertParticipantAccount(db::Tx& tx, const Account& account) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kInsertParticipantAccount, account.user_id, account.login_name,
                                     account.display_name, account.language, account.participant_id,
                                     account.made_time));
  return !rows.empty();
}

void InsertLink(db::Tx& tx, const ParticipantLink& link, const std::string& token_hash,
                const std::string& code_hash) {
  std::optional<std::string> instance_id;
  if (!link.instance_id.empty()) instance_id = link.instance_id;
  tx.Execute(kInsertLink, link.link_id, link.participant_id, link.study_id, link.site_id, link.user_id,
             db::Bytes{token_hash}, db::Bytes{code_hash}, instance_id, link.made_by, link.made_time,
             link.until_time);
}

absl::StatusOr<ParticipantLink> LoadLink(db::Tx& tx, const std::string& link_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadLink, link_id));
  if (rows.empty()) return LinkNotFound(link_id);
  return ReadLink(rows[0]);
}

absl::StatusOr<std::optional<FoundLink>> FindLink(db::Tx& tx, const std::string& hash, absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindLink, db::Bytes{hash}, now));
  std::optional<FoundLink> found;
  if (!rows.empty()) found = {.link = ReadLink(rows[0]), .open = rows[0].Get<bool>(12)};
  return found;
}

absl::StatusOr<std::vector<ParticipantLink>> ListLinks(db::Tx& tx, const std::string& participant_id,
                                                       const std::optional<std::string>& after, int limit) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListLinks, participant_id, after, limit));
  std::vector<ParticipantLink> links;
  for (const db::Row row : rows) links.push_back(ReadLink(row));
  return links;
}

void RedeemLink(db::Tx& tx, const std::string& link_id, const std::string& session_id, absl::Time now) {
  tx.Execute(kRedeemLink, link_id, session_id, now);
}

void RevokeLink(db::Tx& tx, const std::string& link_id, absl::Time now) {
  tx.Execute(kRevokeLink, link_id, now);
}

}  // namespace reprise::access
