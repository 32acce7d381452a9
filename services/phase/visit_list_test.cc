// SPDX-License-Identifier: Apache-2.0
// Visits of many participants: what is recorded, what nobody planned, and who sees them.
#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <vector>

#include "reprise/platform/v1/options.pb.h"

#include "services/platform/rpc/page.h"
#include "tests/house/course.h"

namespace reprise::phase {
namespace {

using absl::StatusCode;
using house::NewId;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using M = v1::Milestone;
using V = v1::Visit;

constexpr char kListedOn[] = "2026-05-01";
constexpr char kMethod[] = "reprise.phase.v1.PhaseService/ListVisits";

class ListVisitsTest : public CourseTest {
 protected:
  static v1::ListVisitsRequest Request() {
    v1::ListVisitsRequest request;
    request.set_study_id(people().study_id);
    request.set_page_size(10000);
    return request;
  }
  std::vector<v1::VisitEntry> List(const v1::ListVisitsRequest& request) { return List(ReadAt(kListedOn), request); }
  std::vector<v1::VisitEntry> List(const reprise::Call& call, const v1::ListVisitsRequest& request) {
    const auto page = handlers().ListVisits(call, request);
    EXPECT_THAT(page, IsOk());
    if (!page.ok()) return {};
    return {page->visits().begin(), page->visits().end()};
  }
  // "VISIT STATE day first-last" of one participant.
  std::vector<std::string> Of(const std::string& id, const v1::ListVisitsRequest& request) {
    std::vector<std::string> lines;
    for (const v1::VisitEntry& entry : List(request)) {
      if (entry.participant_id() != id) continue;
      const auto day = [](bool has, const google::type::Date& date) { return has ? Text(date) : std::string("?"); };
      lines.push_back(absl::StrCat(entry.visit(), " ", V::State_Name(entry.state()).substr(6), " ",
                                   day(entry.has_date(), entry.date()), " ",
                                   day(entry.has_window_start_date(), entry.window_start_date()), "/",
                                   day(entry.has_target_date(), entry.target_date()), "/",
                                   day(entry.has_window_end_date(), entry.window_end_date())));
    }
    return lines;
  }
  std::vector<std::string> Of(const std::string& id) { return Of(id, Request()); }
  absl::StatusOr<v1::Course> Plan(const std::string& id, const std::string& visit, const std::string& day) {
    v1::PlanVisitRequest request;
    request.set_participant_id(id);
    request.set_visit(visit);
    *request.mutable_date() = Date(day);
    request.set_mode("VIDEO");
    return handlers().PlanVisit(At(kListedOn), request);
  }
};

// Windows by hand: T0 + 15 days, 15 on either side; 31 October and 4 months is 28 February.
TEST_F(ListVisitsTest, ShowsWhatIsRecordedAndWhatNobodyPlanned) {
  const std::string her = Enrol(), other = Enrol();
  ASSERT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-10-31", kListedOn), IsOk());
  ASSERT_THAT(Plan(her, "TRANSITION_CONSULTATION", "2025-11-20"), IsOk());
  EXPECT_THAT(Of(her), ElementsAre("TRANSITION_CONSULTATION PLANNED 2025-11-20 2025-10-31/2025-11-15/2025-11-30",
                                   "PRE_RETURN EXPECTED ? ?/?/?",
                                   "FOUR_MONTHS EXPECTED ? 2026-02-14/2026-02-28/2026-03-28"));
  EXPECT_THAT(Of(other), ElementsAre("TRANSITION_CONSULTATION EXPECTED ? ?/?/?", "PRE_RETURN EXPECTED ? ?/?/?",
                                     "FOUR_MONTHS EXPECTED ? ?/?/?"));
  const auto course = CourseOf(her, kListedOn);
  ASSERT_THAT(course, IsOk());
  EXPECT_EQ(Text(course->visits(0).window_start_date()), "2025-10-31") << "as GetCourse has it";
  EXPECT_EQ(Text(course->visits(0).window_end_date()), "2025-11-30");
}

TEST_F(ListVisitsTest, TellsWhatBecameOfAVisitAndNothingOfWhatWasFound) {
  const std::string her = Enrol("", true);
  ASSERT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-10-31", kListedOn), IsOk());
  ASSERT_THAT(Visited(PascaleAt(kListedOn), her, "PRE_RETURN", "2026-03-02", {"WORK_TIME"}), IsOk());
  ASSERT_THAT(Visited(At(kListedOn), her, "FOUR_MONTHS", "2026-03-28"), IsOk());
  ASSERT_THAT(Visited(At(kListedOn), her, "TRANSITION_CONSULTATION", "2025-12-01"), IsOk());
  std::map<std::string, v1::VisitEntry> entries;
  for (const v1::VisitEntry& entry : List(Request())) {
    if (entry.participant_id() == her) entries[entry.visit()] = entry;
  }
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries["PRE_RETURN"].state(), V::STATE_DONE);
  EXPECT_EQ(entries["PRE_RETURN"].recorder(), "OCCUPATIONAL_PHYSICIAN");
  EXPECT_EQ(entries["PRE_RETURN"].mode(), "IN_PERSON");
  EXPECT_EQ(entries["PRE_RETURN"].participant_code(), "T-" + her);
  EXPECT_EQ(entries["PRE_RETURN"].site_id(), people().lyon_id);
  EXPECT_TRUE(entries["FOUR_MONTHS"].in_window()) << "its last day";
  EXPECT_FALSE(entries["TRANSITION_CONSULTATION"].in_window()) << "a day late";
  const auto* const fields = v1::VisitEntry::descriptor();
  for (int i = 0; i < fields->field_count(); ++i) {
    EXPECT_FALSE(fields->field(i)->options().GetExtension(platform::v1::sensitive)) << fields->field(i)->name();
  }
}

TEST_F(ListVisitsTest, ExpectsNothingAfterTheEndAndKeepsWhatWasMissedBefore) {
  const std::string her = Enrol(), consented = Enrol();
  ASSERT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-10-31", kListedOn), IsOk());
  // The first window closed on 2025-11-30, the day before; that of FOUR_MONTHS was still to come.
  Event(her, 2, "WITHDRAWN", "2025-12-01", "CONTACT");
  EXPECT_THAT(Of(her), ElementsAre("TRANSITION_CONSULTATION MISSED ? 2025-10-31/2025-11-15/2025-11-30",
                                   "PRE_RETURN CANCELLED ? ?/?/?",
                                   "FOUR_MONTHS CANCELLED ? 2026-02-14/2026-02-28/2026-03-28"));
  for (const v1::VisitEntry& entry : List(Request())) {
    if (entry.participant_id() == her) {
      EXPECT_EQ(Text(entry.participation_end_date()), "2025-12-01");
    }
  }
  database().Sql(absl::StrCat("DELETE FROM enrolment.event WHERE participant_id = '", consented, "'"));
  EXPECT_THAT(Of(consented), IsEmpty()) << "not enrolled, so no visit can be planned";
}

TEST_F(ListVisitsTest, StopsAtTheEndOnlyForWithdrawalsThatEndContact) {
  const std::string her = Enrol();
  Event(her, 2, "WITHDRAWN", "2025-12-01", "INTERVENTION");
  for (const v1::VisitEntry& entry : List(Request())) {
    if (entry.participant_id() != her) continue;
    EXPECT_EQ(entry.state(), V::STATE_EXPECTED);
    EXPECT_FALSE(entry.has_participation_end_date());
  }
}

TEST_F(ListVisitsTest, ChoosesByDayAndState) {
  const std::string her = Enrol();
  ASSERT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-10-31", kListedOn), IsOk());
  ASSERT_THAT(Plan(her, "TRANSITION_CONSULTATION", "2025-11-20"), IsOk());
  struct Case {
    const char* name;
    const char* from;
    const char* until;
    std::vector<V::State> states;
    std::vector<std::string> visits;
  };
  const std::vector<Case> cases = {
      {"no day, no state", "", "", {}, {"TRANSITION_CONSULTATION", "PRE_RETURN", "FOUR_MONTHS"}},
      {"the planned day is the last", "", "2025-11-20", {}, {"TRANSITION_CONSULTATION"}},
      {"a day before it", "", "2025-11-19", {}, {}},
      {"the day after it, before the next window", "2025-11-21", "2026-02-13", {}, {}},
      {"the first day of a window", "2025-11-21", "2026-02-14", {}, {"FOUR_MONTHS"}},
      {"the last day of a window", "2026-03-28", "", {}, {"FOUR_MONTHS"}},
      {"after all", "2026-03-29", "", {}, {}},
      {"expected", "", "", {V::STATE_EXPECTED}, {"PRE_RETURN", "FOUR_MONTHS"}},
      {"planned or done", "", "", {V::STATE_PLANNED, V::STATE_DONE}, {"TRANSITION_CONSULTATION"}}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    v1::ListVisitsRequest request = Request();
    if (*c.from != '\0') *request.mutable_from_date() = Date(c.from);
    if (*c.until != '\0') *request.mutable_until_date() = Date(c.until);
    for (const V::State state : c.states) request.add_states(state);
    std::vector<std::string> visits;
    for (const v1::VisitEntry& entry : List(request)) {
      if (entry.participant_id() == her) visits.push_back(entry.visit());
    }
    EXPECT_EQ(visits, c.visits);
  }
}

TEST_F(ListVisitsTest, TurnsPagesWithoutLosingOrRepeatingAny) {
  for (int i = 0; i < 3; ++i) {
    const std::string her = Enrol();
    ASSERT_THAT(Plan(her, "TRANSITION_CONSULTATION", "2026-05-20"), IsOk());
    ASSERT_THAT(Plan(her, "TRANSITION_CONSULTATION", "2026-05-20"), IsOk()) << "twice on a day";
  }
  const auto lines = [](const auto& visits) {
    std::vector<std::string> lines;
    for (const v1::VisitEntry& entry : visits) {
      lines.push_back(absl::StrCat(entry.participant_code(), " ", entry.visit(), " ", entry.visit_id()));
    }
    return lines;
  };
  const std::vector<std::string> whole = lines(List(Request()));
  std::vector<std::string> pages;
  v1::ListVisitsRequest request = Request();
  request.set_page_size(2);
  do {
    const auto page = handlers().ListVisits(ReadAt(kListedOn), request);
    ASSERT_THAT(page, IsOk());
    EXPECT_LE(page->visits_size(), 2);
    for (std::string& line : lines(page->visits())) pages.push_back(std::move(line));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && pages.size() <= whole.size());
  EXPECT_EQ(pages, whole);
}

TEST_F(ListVisitsTest, NamesTheVisitsOnTheFirstPage) {
  Enrol();
  v1::ListVisitsRequest request = Request();
  request.set_page_size(1);
  const auto first = handlers().ListVisits(ReadAt(kListedOn), request);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->kinds_size(), 4);
  EXPECT_EQ(first->kinds(0).visit(), "TRANSITION_CONSULTATION");
  EXPECT_EQ(first->kinds(2).title().at("fr"), "Visite à 4 mois");
  EXPECT_EQ(first->kinds(2).title().at("en"), "Visit at 4 months");
  EXPECT_EQ(first->kinds(3).visit(), "MAIN_ONLY");
  request.set_page_token(first->next_page_token());
  const auto second = handlers().ListVisits(ReadAt(kListedOn), request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->kinds_size(), 0);
}

TEST_F(ListVisitsTest, ShowsAPhysicianHerParticipantsOnly) {
  const std::string hers = Enrol("", true), not_hers = Enrol();
  reprise::Call call = PascaleAt(kListedOn);
  call.request_id.clear();
  call.request_hash.clear();
  bool found = false;
  for (const v1::VisitEntry& entry : List(call, Request())) {
    EXPECT_NE(entry.participant_id(), not_hers);
    found = found || entry.participant_id() == hers;
  }
  EXPECT_TRUE(found);
}

TEST_F(ListVisitsTest, IsRefusedWithoutTheRightAndOutOfSight) {
  v1::ListVisitsRequest request = Request();
  EXPECT_THAT(Call<v1::ListVisitsResponse>(people().rachel, kMethod, request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Call<v1::ListVisitsResponse>(people().paula, kMethod, request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Call<v1::ListVisitsResponse>(people().olga, kMethod, request),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  request.set_site_id(people().saint_etienne_id);
  EXPECT_THAT(Call<v1::ListVisitsResponse>(people().coline, kMethod, request),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  Enrol();
  const auto elsewhere = Call<v1::ListVisitsResponse>(people().simone, kMethod, Request());
  ASSERT_THAT(elsewhere, IsOk());
  EXPECT_EQ(elsewhere->visits_size(), 0) << "all of them are at Lyon";
  EXPECT_THAT(Call<v1::ListVisitsResponse>(people().bob, kMethod, Request()), IsOk());
}

TEST_F(ListVisitsTest, RefusesOddRequests) {
  const auto ask = [&](const std::function<void(v1::ListVisitsRequest&)>& change) {
    v1::ListVisitsRequest request = Request();
    change(request);
    return handlers().ListVisits(ReadAt(kListedOn), request);
  };
  EXPECT_THAT(ask([](auto& r) { r.mutable_from_date()->set_month(13); }), HasViolation("from_date", "DATE_INVALID"));
  EXPECT_THAT(ask([](auto& r) { r.mutable_until_date(); }), HasViolation("until_date", "DATE_INVALID"));
  EXPECT_THAT(ask([](auto& r) { r.add_states(V::STATE_UNSPECIFIED); }), HasViolation("states[0]", "STATE_INVALID"));
  EXPECT_THAT(ask([](auto& r) { r.set_page_size(10001); }), HasViolation("page_size", "PAGE_SIZE_INVALID"));
  EXPECT_THAT(ask([](auto& r) { r.set_page_token("x"); }), HasViolation("page_token", "PAGE_TOKEN_INVALID"));
  EXPECT_THAT(ask([](auto& r) { r.set_page_token(rpc::PageToken("1|2026-01-01|x|T")); }),
              HasViolation("page_token", "PAGE_TOKEN_INVALID"));
}

}  // namespace
}  // namespace reprise::phase
