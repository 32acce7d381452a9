// SPDX-License-Identifier: Apache-2.0
// Row-level security of what carries a participant's place: each kind of caller sees what the rule says,
// written here once more from participants, assignments and the caller's list of places, row by row.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "services/platform/error/error.h"
#include "services/platform/testing/database.h"

namespace reprise::questionnaire {
namespace {

// Two studies of two sites with three participants each; a site of the second study and a participant of
// it are the ones a caller may confuse with the first's.
constexpr char kPeople[] = R"sql(
  INSERT INTO study.study (study_id, code, title_en, made_time)
  SELECT ('00000000-0000-4000-8000-0000000000a' || s)::uuid, 'ST' || s, 'S', now() FROM generate_series(1, 2) AS s;
  INSERT INTO study.site (site_id, study_id, code, name, time_zone, made_time)
  SELECT ('00000000-0000-4000-8000-000000000b' || s || c)::uuid, ('00000000-0000-4000-8000-0000000000a' || s)::uuid,
         'SI' || c, 'Site', 'Europe/Paris', now()
    FROM generate_series(1, 2) AS s, generate_series(1, 2) AS c;
  INSERT INTO enrolment.screening (screening_id, study_id, site_id, stage, number, screened_date, protocol_version, outcome,
                                   failed_criteria, made_by, made_time)
  SELECT ('00000000-0000-4000-8000-00000000c' || right(site_id::text, 2) || n)::uuid, study_id, site_id,
         'MAIN', n, current_date, 1, 'ELIGIBLE', '{}', '00000000-0000-4000-8000-0000000000d1', now()
    FROM study.site, generate_series(1, 3) AS n;
  INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage,
                                     consent_date, protocol_version, age_at_consent)
  SELECT screening_id, study_id, site_id, right(site_id::text, 2) || number, now(), screening_id, stage,
         current_date, 1, 45
    FROM enrolment.screening;
  INSERT INTO enrolment.assignment (participant_id, user_id, from_time, until_time)
  SELECT participant_id, '00000000-0000-4000-8000-0000000000d1', now() - interval '2 days',
         CASE WHEN code LIKE '%2' THEN now() END
    FROM enrolment.participant
   WHERE code NOT LIKE '%3';
  INSERT INTO enrolment.event (participant_id, sequence, kind, event_date, reason, made_by, made_time)
  SELECT participant_id, 1, 'CONSENTED', '2026-01-01', '', participant_id, now() FROM enrolment.participant;
  INSERT INTO questionnaire.instrument_version
  SELECT gen_random_uuid(), 'form', '1', '', sha256('x'), now();
  INSERT INTO questionnaire.instance (instance_id, participant_id, instrument_version_id, timepoint, open_time)
  SELECT participant_id, participant_id, instrument_version_id, 't', now()
    FROM enrolment.participant, questionnaire.instrument_version;
  INSERT INTO questionnaire.response (instance_id, version, answers, missing, submit_time, submitted_by)
  SELECT instance_id, 1, '{1}', '.', now(), participant_id FROM questionnaire.instance;
  INSERT INTO questionnaire.draft (instance_id, item_code, answer, missing, save_time, saved_by)
  SELECT instance_id, 'q', '1', '.', now(), participant_id FROM questionnaire.instance;
)sql";

// The rule in words: the whole study or the site is in the caller's list, or she is the participant, or the
// place is in the list of her assignments and the participant is assigned to her now.
constexpr char kRule[] = R"sql(
  SELECT coalesce(string_agg(p.code, ' ' ORDER BY p.code), '')
    FROM enrolment.participant AS p
   WHERE '$SCOPE' = '*'
      OR p.study_id || '/*' = ANY (string_to_array('$SCOPE', ','))
      OR p.study_id || '/' || p.site_id = ANY (string_to_array('$SCOPE', ','))
      OR p.participant_id::text = '$OWN'
      OR ((p.study_id || '/*' = ANY (string_to_array('$ASSIGNED', ','))
           OR p.study_id || '/' || p.site_id = ANY (string_to_array('$ASSIGNED', ',')))
          AND EXISTS (SELECT FROM enrolment.assignment AS a
                       WHERE a.participant_id = p.participant_id AND a.user_id::text = '$ACTOR'
                         AND a.until_time IS NULL))
)sql";

constexpr char kEnter[] = R"sql(
  SET app.actor = '$ACTOR'; SET app.scope = '$SCOPE'; SET app.assigned_scope = '$ASSIGNED';
  SET app.own_participant = '$OWN';
)sql";

struct Case {
  const char* name;
  const char* scope = "";
  const char* assigned = "";
  const char* own = "";
  const char* actor = "00000000-0000-4000-8000-0000000000d1";
};

constexpr char kStudy[] = "00000000-0000-4000-8000-0000000000a";
constexpr char kSite[] = "00000000-0000-4000-8000-000000000b";

const std::vector<Case>& Cases() {
  static const auto* const cases = new std::vector<Case>{
      {"nobody"},
      {"administrator", "*"},
      {"whole study", "$S1/*"},
      {"both studies", "$S1/*,$S2/*"},
      {"one site", "$S1/$C12"},
      {"two sites of two studies", "$S1/$C11,$S2/$C22"},
      {"a site and another whole study", "$S2/$C21,$S1/*"},
      {"a site of another study than named", "$S1/$C21"},
      {"a study that is none", "$C11/*"},
      {"physician of a study", "", "$S1/*"},
      {"physician of a site", "", "$S2/$C22"},
      {"physician to whom nobody is assigned", "", "$S1/*", "", "00000000-0000-4000-8000-0000000000d2"},
      {"physician without a name", "", "$S1/*", "", ""},
      {"assigned without a place", "", ""},
      {"coordinator here and physician there", "$S1/$C11", "$S2/*"},
      {"participant", "", "", "00000000-0000-4000-8000-00000000c123"},
  };
  return *cases;
}

class VisibilityTest : public ::testing::TestWithParam<Case> {
 protected:
  static void SetUpTestSuite() {
    database() = std::make_unique<testing::TestDatabase>();
    database()->Sql(kPeople);
  }
  static void TearDownTestSuite() { database().reset(); }
  static std::unique_ptr<testing::TestDatabase>& database() {
    static std::unique_ptr<testing::TestDatabase> made;
    return made;
  }

  static std::string Filled(absl::string_view sql) {
    const Case& one = GetParam();
    std::string text = absl::StrReplaceAll(sql, {{"$SCOPE", one.scope}, {"$ASSIGNED", one.assigned},
                                                 {"$OWN", one.own}, {"$ACTOR", one.actor}});
    return absl::StrReplaceAll(text, {{"$S1", absl::StrCat(kStudy, "1")}, {"$S2", absl::StrCat(kStudy, "2")},
                                      {"$C11", absl::StrCat(kSite, "11")}, {"$C12", absl::StrCat(kSite, "12")},
                                      {"$C21", absl::StrCat(kSite, "21")}, {"$C22", absl::StrCat(kSite, "22")}});
  }
  // What the role sees in a table with a participant's id, as codes.
  static std::string Seen(const std::string& role, const std::string& table) {
    const auto rows = database()->SqlAs(role, absl::StrCat(Filled(kEnter),
        "SELECT coalesce(string_agg(right(participant_id::text, 3), ' ' ORDER BY participant_id), '') FROM ", table));
    return rows.ok() ? (*rows)[0][0] : error::ReasonOf(rows.status());
  }
};

TEST_P(VisibilityTest, EverybodySeesWhatTheRuleSays) {
  const std::string expected = database()->Value(Filled(kRule));
  for (const char* const table : {"questionnaire.instance", "questionnaire.response", "questionnaire.draft",
                                  "enrolment.published_participant", "enrolment.published_event"}) {
    EXPECT_EQ(Seen("reprise_questionnaire", table), expected) << table;
  }
  EXPECT_EQ(Seen("reprise_enrolment", "enrolment.participant"), expected);
  EXPECT_EQ(Seen("reprise_enrolment", "enrolment.event"), expected);
}

// Writes obey the same rule, whether the row states its place or leaves it to the trigger, and nobody can
// state a place that is not the participant's.
TEST_P(VisibilityTest, EverybodyWritesOnlyWhereSheSees) {
  const std::string seen = absl::StrCat(" ", database()->Value(Filled(kRule)), " ");
  for (const auto& row : database()->Sql("SELECT participant_id, study_id, site_id, code FROM enrolment.participant")) {
    const bool may = seen.find(absl::StrCat(" ", row[3], " ")) != std::string::npos;
    const auto insert = [&](const std::string& place, const std::string& study, const std::string& site) {
      const std::string columns = place.empty() ? "" : ", participant_id, study_id, site_id";
      const std::string values = place.empty() ? "" : absl::StrCat(", '", row[0], "', '", study, "', '", site, "'");
      const auto outcome = database()->SqlAs("reprise_questionnaire", absl::StrCat(
          Filled(kEnter), "BEGIN; INSERT INTO questionnaire.response (instance_id, version, answers, missing, "
          "submit_time, submitted_by, change_reason", columns, ") VALUES ('", row[0], "', 2, '{2}', '.', now(), '",
          row[0], "', 'x'", values, "); ROLLBACK"));
      return outcome.ok() ? "OK" : error::ReasonOf(outcome.status());
    };
    EXPECT_EQ(insert("stated", row[1], row[2]), may ? "OK" : "42501") << row[3];
    EXPECT_EQ(insert("", "", ""), may ? "OK" : "42501") << row[3];
    // Another site of the same study: refused by the policy or, where that would let it through, by the key.
    const std::string other = row[2].substr(0, 35) + (row[2].back() == '1' ? "2" : "1");
    EXPECT_NE(insert("stated", row[1], other), "OK") << row[3];
  }
}

INSTANTIATE_TEST_SUITE_P(Callers, VisibilityTest, ::testing::ValuesIn(Cases()), [](const auto& info) {
  return absl::StrReplaceAll(info.param.name, {{" ", "_"}});
});

}  // namespace
}  // namespace reprise::questionnaire
