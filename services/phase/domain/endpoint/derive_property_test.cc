// SPDX-License-Identifier: Apache-2.0
// What must hold for every timeline, tried on random ones of a fixed seed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/endpoint/derive.h"
#include "services/phase/domain/endpoint/landmark.h"
#include "services/phase/domain/endpoint/timelines_for_test.h"
#include "services/platform/text/number.h"

namespace reprise::endpoint {
namespace {

// Every value that the wide table exports, as text; "" for not computable.
std::string Values(const Participant& participant, const std::vector<Episode>& raw) {
  const std::vector<Episode> episodes = Normalise(raw);
  std::string text;
  for (const Definition& d : Shipped()) {
    absl::StrAppend(&text, d.id, ":");
    if (d.kind == Kind::kAbsence) {
      const auto a = DeriveAbsence(participant, episodes, d);
      if (a.has_value()) {
        absl::StrAppend(&text, a->observed_days, ",", a->sick_days, ",", a->unknown_days, ",",
                        text::FormatDouble(a->fte_days_lost.value_or(1e9)), ",",
                        text::FormatDouble(a->fte_days_worked.value_or(1e9)));
      }
    } else {
      auto r = DeriveReturn(participant, episodes, d.kind == Kind::kReturn ? d : ById(d.after));
      if (d.kind == Kind::kRecurrence) {
        r = DeriveRecurrence(participant, episodes, ById(d.after), r, d.run_days);
      }
      if (r.has_value()) {
        absl::StrAppend(&text, r->time, ",", static_cast<int>(r->status), ",", r->naive_time);
      }
      for (const int day : d.landmark_days) {
        absl::StrAppend(&text, ",", static_cast<int>(ReadLandmark(r, d, day).state), "/",
                        text::FormatDouble(FractionOn(participant, episodes, d, day).value_or(-9)));
      }
    }
    text += '\n';
  }
  return text;
}

struct Random {
  std::mt19937 bits{20261121};
  int Below(int n) { return static_cast<int>(bits() % static_cast<unsigned>(n)); }

  std::vector<Episode> Timeline(int end) {
    std::vector<Episode> episodes;
    for (int day = -20 + Below(30); day < end;) {
      const int length = 1 + Below(60);
      const auto status = static_cast<WorkStatus>(Below(9));
      const bool works = status == WorkStatus::kWork || status == WorkStatus::kPartial ||
                         status == WorkStatus::kDisability;
      episodes.push_back(Of(day, day + length, status, works ? Below(11) / 10.0 : 0));
      day += length + (Below(4) == 0 ? 1 + Below(10) : 0);
    }
    return episodes;
  }
};

TEST(DerivePropertyTest, ShiftingAllDaysChangesNothing) {
  Random random;
  for (int i = 0; i < 300; ++i) {
    Participant participant = Until(50 + random.Below(450));
    participant.randomisation_day = -random.Below(40);
    std::vector<Episode> episodes = random.Timeline(participant.obs_end_day);
    const std::string before = Values(participant, episodes);
    const int shift = random.Below(20000) - 10000;
    for (Episode& episode : episodes) {
      episode.start_day += shift;
      episode.end_day += shift;
    }
    *participant.index_day += shift;
    *participant.randomisation_day += shift;
    participant.obs_end_day += shift;
    EXPECT_EQ(Values(participant, episodes), before);
  }
}

TEST(DerivePropertyTest, SplittingAndReorderingEpisodesChangesNothing) {
  Random random;
  for (int i = 0; i < 300; ++i) {
    const Participant participant = Until(50 + random.Below(450));
    const std::vector<Episode> episodes = random.Timeline(participant.obs_end_day);
    std::vector<Episode> split;
    for (Episode episode : episodes) {
      if (episode.end_day - episode.start_day > 1) {
        Episode second = episode;
        episode.end_day = second.start_day =
            episode.start_day + 1 + random.Below(episode.end_day - episode.start_day - 1);
        split.push_back(second);
      }
      split.push_back(episode);
    }
    std::shuffle(split.begin(), split.end(), random.bits);
    EXPECT_EQ(Values(participant, split), Values(participant, episodes));
    EXPECT_EQ(InputsHash(participant, Normalise(split)),
              InputsHash(participant, Normalise(episodes)));
  }
}

// A day-by-day derivation, written independently of the episode arithmetic.
TEST(DerivePropertyTest, AgreesWithCountingDayByDay) {
  Random random;
  const Definition& d = ById("SRTW-50-28");
  for (int i = 0; i < 500; ++i) {
    const Participant participant = Until(30 + random.Below(400));
    const std::vector<Episode> episodes = random.Timeline(participant.obs_end_day);
    std::vector<char> days(participant.obs_end_day, '?');
    for (const Episode& e : episodes) {
      for (int t = std::max(e.start_day, 0); t < std::min(e.end_day, participant.obs_end_day);
           ++t) {
        days[t] = e.status == WorkStatus::kMaternity ? 'M'
                  : e.status == WorkStatus::kLeave   ? 'L'
                  : *e.fraction[0] >= 0.5            ? 'W'
                                                     : 'x';
      }
    }
    days.resize(std::find(days.begin(), days.end(), 'M') - days.begin());
    const int n = static_cast<int>(days.size());
    int time = std::max(n - 28, 0);
    bool event = false;
    for (int start = 0; start < n && !event; ++start) {
      if (days[start] != 'W' || (start > 0 && days[start - 1] == 'W')) continue;
      int last = start;
      for (int t = start; t < n && (days[t] == 'W' || days[t] == 'L'); ++t) {
        if (days[t] == 'W') last = t;
      }
      // A run that a leave bridges starts where its first working day is.
      if (last - start + 1 >= 28) {
        time = start;
        event = true;
      }
    }
    const auto result = DeriveReturn(participant, Normalise(episodes), d);
    EXPECT_EQ(result->status == EventStatus::kEvent, event);
    EXPECT_EQ(result->time, time);
  }
}

TEST(InputsHashTest, ChangesWithEveryFact) {
  const Participant participant = Until(100);
  const std::vector<Episode> episodes = {Sick(0, 50), Part(50, 100, .5)};
  const std::string hash = InputsHash(participant, episodes);
  EXPECT_EQ(hash.size(), 64u);
  std::vector<std::string> others;
  others.push_back(InputsHash(Until(101), episodes));
  others.push_back(InputsHash(Until(100, EndReason::kWithdrawal), episodes));
  others.push_back(InputsHash(participant, {{Sick(0, 50), Part(50, 100, .51)}}));
  others.push_back(InputsHash(participant, {{Sick(0, 49), Part(49, 100, .5)}}));
  others.push_back(InputsHash(participant, {{Sick(0, 50), Work(50, 100, .5)}}));
  Participant dated = participant;
  dated.index_date = absl::CivilDay(2026, 10, 31);
  others.push_back(InputsHash(dated, episodes));
  EXPECT_THAT(others, testing::Not(testing::Contains(hash)));
  EXPECT_NE(DefinitionHash(ById("SRTW-50-28")), DefinitionHash(ById("SRTW-50-90")));
}

}  // namespace
}  // namespace reprise::endpoint
