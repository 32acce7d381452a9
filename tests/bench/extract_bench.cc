// SPDX-License-Identifier: Apache-2.0
// An extract of 10,000 participants in 12 sites, twelve forms of twenty items each, against psql COPY of
// the same rows, long and pivoted, on the same cluster in turns. PARTICIPANTS changes the number.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"

#include "services/extract/handler/handlers.h"
#include "services/extract/store/request_store.h"
#include "services/platform/status.h"
#include "services/platform/testing/database.h"

namespace reprise::extract {
namespace {

constexpr int kItems = 20, kForms = 3, kTimepoints = 4;
constexpr int kVisits = 5;
constexpr char kKey[] = "0123456789abcdef0123456789abcdef";
constexpr char kStudy[] = "00000000-0000-4000-8000-000000000001";

class Counted : public rpc::Stream<v1::ExtractChunk> {
 public:
  bool Write(v1::ExtractChunk chunk) override {
    bytes += chunk.content().size();
    return true;
  }
  size_t bytes = 0;
};

std::string FormId(int form) { return absl::StrCat("00000000-0000-4000-8000-00000000010", form); }

std::string Document(int form) {
  std::string text = absl::StrCat(
      "id: bench-", form, "\nversion: \"1\"\ntitle: {en: Bench}\nlanguages: [en]\nlicence: {tier: own, owner: Reprise, "
      "terms: Apache-2.0}\nsections:\n  - code: all\n    items:\n");
  for (int i = 1; i <= kItems; ++i) {
    absl::StrAppend(&text, "      - {code: q", i, ", type: integer, text: {en: Question}}\n");
  }
  return text;
}

void Fill(const testing::TestDatabase& database, int participants) {
  database.Sql(absl::StrCat(
      "INSERT INTO study.study VALUES ('", kStudy, "', 'BENCH', NULL, 'Bench', '2026-01-01');"
      "INSERT INTO study.protocol_version VALUES ('", kStudy, "', 1, 'v1', '2026-01-01', 'x', sha256('x'), "
      "'{\"study\": \"BENCH\", \"stages\": [{\"code\": \"MAIN\"}]}', false, '2026-01-01', '", kStudy, "', '');"
      "INSERT INTO study.site SELECT gen_random_uuid(), '", kStudy, "', 'SI' || lpad(n::text, 2, '0'), 'S', "
      "'Europe/Paris', '2026-01-01' FROM generate_series(1, 12) AS n;"
      "INSERT INTO enrolment.screening SELECT gen_random_uuid(), s.study_id, s.site_id, 'MAIN', n, '2026-02-01', 1,"
      " 'ELIGIBLE', '{}', s.study_id, '2026-02-01' FROM generate_series(1, ", participants, ") AS n"
      " JOIN study.site AS s ON s.code = 'SI' || lpad((1 + n % 12)::text, 2, '0');"
      "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage,"
      " consent_date, protocol_version, age_at_consent) SELECT gen_random_uuid(), study_id, site_id, s.code || number,"
      " '2026-02-01', screening_id, 'MAIN', '2026-02-01', 1, 20 + number % 35 FROM enrolment.screening"
      " JOIN study.site AS s USING (study_id, site_id);"
      "INSERT INTO phase.milestone SELECT participant_id, 'ACTIVE_TREATMENT_END', 1, '2026-03-01', '', participant_id,"
      " '2026-03-01' FROM enrolment.participant;"
      "INSERT INTO phase.visit SELECT gen_random_uuid(), 1, participant_id, 'V' || v, 'DONE', date '2026-03-01' + 30 * v,"
      " 'IN_PERSON', '{}', '', participant_id, '2026-03-01' FROM enrolment.participant, generate_series(1, ", kVisits,
      ") AS v"));
  for (int form = 0; form < kForms; ++form) {
    database.Sql(absl::StrCat(
        "INSERT INTO questionnaire.instrument_version VALUES ('", FormId(form), "', 'bench-", form, "', '1', $d$",
        Document(form), "$d$, sha256('x'), '2026-01-01');"
        "INSERT INTO questionnaire.instance SELECT gen_random_uuid(), participant_id, '", FormId(form), "', 't' || t,"
        " '2026-02-01' FROM enrolment.participant, generate_series(1, ", kTimepoints, ") AS t"));
  }
  database.Sql(absl::StrCat(
      "INSERT INTO questionnaire.response SELECT instance_id, 1, (SELECT array_agg((100 * random())::int::text) FROM "
      "generate_series(1, ", kItems, ") WHERE instance_id IS NOT NULL), repeat('.', ", kItems, "), '2026-04-01', "
      "participant_id, NULL, '2026-04-01' FROM questionnaire.instance;"
      "ANALYZE"));
}

// COPY of one file a form and of the wide file, as a careful statistician with all rights would write it: the current
// answers by an anti-join, and the wide file by one join a form and timepoint, faster than 240 filtered aggregates.
std::string Copies() {
  std::vector<std::string> names, values, wide, joins, copies = {
      "COPY (SELECT md5(p.participant_id::text), v.visit, v.state, v.on_date - p.consent_date, v.mode FROM phase.visit AS v"
      " JOIN enrolment.participant AS p USING (participant_id) WHERE p.stage = 'MAIN' AND v.made_time <= now() AND NOT"
      " EXISTS (SELECT FROM phase.visit AS later WHERE later.visit_id = v.visit_id AND later.version > v.version"
      " AND later.made_time <= now()) ORDER BY 1, 4, 2) TO STDOUT CSV HEADER;"};
  for (int i = 1; i <= kItems; ++i) {
    names.push_back(absl::StrCat("q", i));
    values.push_back(absl::StrCat("coalesce(r.answers[", i, "], '.' || substr(r.missing, ", i, ", 1)) AS q", i));
  }
  const std::string latest = absl::StrCat(
      "SELECT i.participant_id, i.timepoint, r.answered_date, r.version, ", absl::StrJoin(values, ", "),
      " FROM questionnaire.response AS r JOIN questionnaire.instance AS i USING (instance_id)"
      " WHERE r.submit_time <= now() AND NOT EXISTS (SELECT FROM questionnaire.response AS later WHERE"
      " later.instance_id = r.instance_id AND later.version > r.version AND later.submit_time <= now())"
      " AND i.instrument_version_id = '");
  for (int form = 0; form < kForms; ++form) {
    copies.push_back(absl::StrCat(
        "COPY (SELECT md5(p.participant_id::text), r.timepoint, r.answered_date - p.consent_date, r.version, ",
        absl::StrJoin(names, ", "), " FROM (", latest, FormId(form), "') AS r JOIN enrolment.participant AS p"
        " USING (participant_id) WHERE p.stage = 'MAIN' ORDER BY 1, 3, 2) TO STDOUT CSV HEADER;"));
    for (int t = 1; t <= kTimepoints; ++t) {
      const std::string name = absl::StrCat("f", form, "t", t);
      wide.push_back(absl::StrCat(name, ".answered_date - p.consent_date, ", name, ".",
                                  absl::StrJoin(names, absl::StrCat(", ", name, "."))));
      joins.push_back(absl::StrCat(" LEFT JOIN (", latest, FormId(form), "' AND i.timepoint = 't", t, "') AS ", name,
                                   " USING (participant_id)"));
    }
  }
  copies.push_back(absl::StrCat("COPY (SELECT md5(participant_id::text), p.stage, p.age_at_consent, ",
                                absl::StrJoin(wide, ", "), " FROM enrolment.participant AS p", absl::StrJoin(joins, ""),
                                " WHERE p.stage = 'MAIN' ORDER BY 1) TO STDOUT CSV HEADER;"));
  return absl::StrJoin(copies, "\n");
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

int Main() {
  const char* const given = std::getenv("PARTICIPANTS");
  const int participants = given == nullptr ? 10000 : std::atoi(given);
  const testing::TestDatabase database;
  Fill(database, participants);
  db::Pool pool(database.UrlOf("reprise_extract"), 2, absl::Seconds(5));
  db::Database db(pool, kKey, Constraints());
  Handlers handlers(db, kKey);
  RandomIdSource ids;
  reprise::Call call;
  call.method = "bench";
  call.scope.places = {absl::StrCat(kStudy, "/*")};
  call.now = absl::Now();
  call.deadline = absl::Now() + absl::Minutes(30);
  call.ids = &ids;
  const auto as = [&](const std::string& user) {
    call.actor.user_id = user;
    return call;
  };
  v1::RequestExtractRequest request;
  request.set_study_id(kStudy);
  request.set_stage("MAIN");
  request.set_purpose("Benchmark.");
  const auto made = handlers.RequestExtract(as(ids.NewUuid()), request);
  REPRISE_CHECK(made.ok());
  v1::DecideExtractRequest decide;
  decide.set_extract_id(made->extract_id());
  decide.set_approve(true);
  REPRISE_CHECK(handlers.DecideExtract(as(ids.NewUuid()), decide).ok());
  v1::DownloadExtractRequest download;
  download.set_extract_id(made->extract_id());
  const testing::TestFolder folder;
  const std::string file = folder.path() + "/copy.sql";
  std::FILE* const script = std::fopen(file.c_str(), "w");
  std::fputs(Copies().c_str(), script);
  std::fclose(script);
  const std::string copy = absl::StrCat("psql -XqAt -v ON_ERROR_STOP=1 \"", database.UrlOf("postgres"), "\" -f ", file,
                                        " >/dev/null");
  std::vector<double> ours, theirs;
  size_t bytes = 0;
  for (int round = 0; round < 3; ++round) {
    absl::Time begin = absl::Now();
    Counted counted;
    REPRISE_CHECK(handlers.DownloadExtract(as(ids.NewUuid()), download, counted).ok());
    ours.push_back(absl::ToDoubleSeconds(absl::Now() - begin));
    bytes = counted.bytes;
    begin = absl::Now();
    REPRISE_CHECK(std::system(copy.c_str()) == 0);
    theirs.push_back(absl::ToDoubleSeconds(absl::Now() - begin));
    std::printf("round %d: extract %.2f s, psql COPY %.2f s\n", round + 1, ours.back(), theirs.back());
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%d participants, %zu MB: extract %.2f s, psql COPY %.2f s, ratio %.2f, peak memory %ld MB\n",
              participants, bytes >> 20, Median(ours), Median(theirs), Median(theirs) / Median(ours),
              usage.ru_maxrss >> 10);
  return 0;
}

}  // namespace
}  // namespace reprise::extract

int main() { return reprise::extract::Main(); }
