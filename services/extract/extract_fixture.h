// SPDX-License-Identifier: Apache-2.0
// A small study on a real database whose facts other services would have written, and the handlers of
// the extract service under its own role, with clock and stream in the test's hands.
#ifndef REPRISE_EXTRACT_EXTRACT_FIXTURE_H_
#define REPRISE_EXTRACT_EXTRACT_FIXTURE_H_

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/extract/handler/handlers.h"
#include "services/extract/store/request_store.h"
#include "tests/house/house.h"

namespace reprise::extract {

using house::NewId;
using reprise::testing::IsOk;

inline constexpr char kForm[] = R"yaml(id: xtr-diary
version: "1.0"
title: {en: "Diary", fr: "Journal"}
languages: [en, fr]
licence: {tier: own, owner: "Reprise", terms: "Apache-2.0"}
choice_lists:
  - id: yes_no
    choices:
      - {code: 0, label: {en: "No", fr: "Non"}}
      - {code: 1, label: {en: "Yes", fr: "Oui"}}
sections:
  - code: all
    items:
      - {code: days, type: integer, text: {en: "Days, all", fr: "Jours"}}
      - {code: works, type: single_choice, choice_list: yes_no, text: {en: "At work?", fr: "Au travail ?"}}
      - {code: since, type: date, text: {en: "Since?", fr: "Depuis ?"}}
      - {code: remark, type: text, text: {en: "Remark", fr: "Remarque"}}
      - {code: month, type: partial_date, text: {en: "Month?", fr: "Mois ?"}}
      - {code: town, type: integer, identifying: true, text: {en: "Post code", fr: "Code postal"}}
)yaml";

// What arrived, by file in order of arrival.
class Received : public rpc::Stream<v1::ExtractChunk> {
 public:
  bool Write(v1::ExtractChunk chunk) override {
    if (files.empty() || files.back().first != chunk.file()) {
      EXPECT_TRUE(files.empty() || ended_) << "a file began before the last one ended";
      files.emplace_back(chunk.file(), "");
    }
    EXPECT_LE(chunk.content().size(), size_t{64} << 10);
    files.back().second += chunk.content();
    ended_ = chunk.last();
    return ++pieces < gone_after;
  }
  const std::string& Of(const std::string& name) const {
    static const std::string* const kNone = new std::string("no such file");
    for (const auto& [file, bytes] : files) {
      if (file == name) return bytes;
    }
    return *kNone;
  }
  std::vector<std::pair<std::string, std::string>> files;
  int pieces = 0;
  int gone_after = 1 << 30;

 private:
  bool ended_ = false;
};

class ExtractTest : public house::HouseTest {
 protected:
  ExtractTest() : pool_(database().UrlOf("reprise_extract"), 2, absl::Seconds(5)),
                  db_(pool_, kKey, Constraints()), handlers_(db_, kKey) {}

  // A study of its own for the test, with one site and the stages PILOT and MAIN.
  void SetUp() override {
    study_ = NewId();
    site_ = NewId();
    form_ = NewId();
    Sql("INSERT INTO study.study VALUES ('$S', 'X' || upper(left('$S', 8)), NULL, 'X', now())");
    Sql("INSERT INTO study.site VALUES ('$T', '$S', 'LYO', 'Lyon', 'Europe/Paris', now())");
    Sql("INSERT INTO study.protocol_version VALUES ('$S', 1, 'v1', '2026-01-01', 'x', sha256('x'), '"
        R"({"study": "XTR", "stages": [{"code": "PILOT"}, {"code": "MAIN"}], "questionnaires": [
            {"timepoint": "baseline", "instrument": "xtr-diary", "version": "1.0", "anchor": "CONSENT"},
            {"timepoint": "T0+4m", "instrument": "xtr-diary", "version": "1.0", "anchor": "T0"}]})"
        "', false, '2026-01-01', '$S', '')");
    form_ = database().Value("SELECT coalesce(max(instrument_version_id::text), '') FROM "
                             "questionnaire.instrument_version WHERE instrument_id = 'xtr-diary'");
    if (!form_.empty()) return;
    form_ = NewId();
    Sql(absl::StrCat("INSERT INTO questionnaire.instrument_version VALUES ('$F', 'xtr-diary', '1.0', $d$", kForm,
                     "$d$, sha256('x'), '2026-01-01')"));
    Sql("INSERT INTO questionnaire.item SELECT '$F', n, c, 'x' FROM unnest(ARRAY['days', 'works', 'since', "
        "'remark', 'month', 'town']) WITH ORDINALITY AS t (c, n)");
  }
  // $S study, $T site, $F form, $P the last participant.
  void Sql(std::string sql) {
    for (const auto& [mark, value] : std::map<std::string, std::string>{
             {"$S", study_}, {"$T", site_}, {"$F", form_}, {"$P", participant_}}) {
      for (size_t at = 0; (at = sql.find(mark, at)) != std::string::npos;) sql.replace(at, 2, value);
    }
    database().Sql(sql);
  }
  // Consented on 10 March 2026 and recorded then.
  std::string Participant(const std::string& code, const std::string& stage = "MAIN") {
    participant_ = NewId();
    Sql(absl::StrCat("INSERT INTO enrolment.screening SELECT '$P', '$S', '$T', '", stage, "', count(*) + 1, '2026-03-10',"
                     " 1, 'ELIGIBLE', '{}', '$P', '2026-03-10' FROM enrolment.screening;"
                     "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id,"
                     " stage, consent_date, protocol_version, age_at_consent) VALUES ('$P', '$S', '$T', '", code,
                     "', '2026-03-10', '$P', '", stage, "', '2026-03-10', 1, 47)"));
    return participant_;
  }
  // Of the last participant.
  void Event(const std::string& kind, const std::string& date, const std::string& made,
             const std::string& withdrawal = "NULL") {
    Sql(absl::StrCat("INSERT INTO enrolment.event SELECT '$P', count(*) + 1, '", kind, "', '", date, "', ",
                     withdrawal, ", 'Words of a coordinator', '$P', '", made,
                     "' FROM enrolment.event WHERE participant_id = '$P'"));
  }
  void Answer(const std::string& timepoint, int version, const std::string& answers, const std::string& missing,
              const std::string& answered, const std::string& made) {
    Sql(absl::StrCat("INSERT INTO questionnaire.instance SELECT '", NewId(), "', '$P', '$F', '", timepoint,
                     "', '2026-03-10' ON CONFLICT DO NOTHING"));
    Sql(absl::StrCat("INSERT INTO questionnaire.response SELECT instance_id, ", version, ", '", answers, "', '",
                     missing, "', '", made, "', '$P', ", version == 1 ? "NULL" : "'Misread'", ", '", answered,
                     "' FROM questionnaire.instance WHERE participant_id = '$P' AND timepoint = '", timepoint, "'"));
  }

  static absl::Time At(int month, int day) {
    return absl::FromCivil(absl::CivilDay(2026, month, day), absl::UTCTimeZone());
  }
  reprise::Call CallOn(const std::string& user, absl::Time now) {
    reprise::Call call;
    call.method = "test";
    call.actor = {.user_id = user, .session_id = "", .role = "researcher"};
    call.scope.places = {absl::StrCat(study_, "/*")};
    call.now = now;
    call.deadline = absl::Now() + absl::Minutes(1);
    call.ids = &ids_;
    return call;
  }
  absl::StatusOr<v1::Extract> Request(const std::string& stage = "MAIN", absl::Time now = At(9, 1)) {
    v1::RequestExtractRequest request;
    request.set_study_id(study_);
    request.set_stage(stage);
    request.set_purpose("Primary analysis.");
    return handlers_.RequestExtract(CallOn(requester_, now), request);
  }
  absl::StatusOr<v1::Extract> Decide(const std::string& extract_id, const std::string& user, bool approve = true,
                                     const std::string& reason = "") {
    v1::DecideExtractRequest request;
    request.set_extract_id(extract_id);
    request.set_approve(approve);
    request.set_reason(reason);
    return handlers_.DecideExtract(CallOn(user, At(9, 2)), request);
  }
  // Requested and approved on the first days of September 2026.
  std::string Approved(const std::string& stage = "MAIN") {
    const auto made = Request(stage);
    EXPECT_THAT(made, IsOk());
    if (!made.ok()) return "";
    EXPECT_THAT(Decide(made->extract_id(), approver_), IsOk());
    return made->extract_id();
  }
  absl::Status Download(const std::string& extract_id, Received& received) {
    v1::DownloadExtractRequest request;
    request.set_extract_id(extract_id);
    return handlers_.DownloadExtract(CallOn(requester_, At(9, 3)), request, received);
  }

  static constexpr char kKey[] = "0123456789abcdef0123456789abcdef";
  const std::string requester_ = NewId(), approver_ = NewId();
  std::string study_, site_, form_, participant_;
  RandomIdSource ids_;
  db::Pool pool_;
  db::Database db_;
  Handlers handlers_;
};

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_EXTRACT_FIXTURE_H_
