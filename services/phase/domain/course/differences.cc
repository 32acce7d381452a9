// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

#include "services/phase/domain/course/derived.h"
#include "services/phase/domain/course/sentences.h"

namespace reprise::phase {
namespace {

using Sentences = std::vector<Text>;

Text Period(const std::optional<Window>& window) {
  if (!window.has_value()) return {"sans dates", "no dates"};
  if (!window->last.has_value()) return Text{"à partir du ", "from "} + Day(window->first);
  return Days(window->first, *window->last);
}

Text FromTo(const Text& before, const Text& after) {
  return Text{" : ", ": "} + before + Text{" → ", " → "} + after + Same(".");
}

// What is shown of a milestone of a leave.
Text Shown(const legal::Milestone& milestone) {
  Text text = WordForState(legal::NameOf(milestone.state));
  if (milestone.due.has_value()) text = text + Text{", échéance ", ", due "} + Day(*milestone.due);
  if (milestone.latest.has_value()) text = text + Text{", au plus tard ", ", at the latest "} + Day(*milestone.latest);
  return text;
}

using MilestoneKey = std::tuple<absl::CivilDay, int, int>;  // leave, kind, version
std::map<MilestoneKey, Text> ShownMilestones(const Derived& derived) {
  std::map<MilestoneKey, Text> shown;
  for (const legal::EpisodeMilestones& leave : derived.leaves) {
    for (const legal::Milestone& milestone : leave.milestones) {
      const int version = milestone.rule == nullptr ? 0 : milestone.rule->version;
      shown[{leave.episode.start, static_cast<int>(milestone.kind), version}] = Shown(milestone);
    }
  }
  return shown;
}

// Calls visit(key, before, after) for each key whose values differ; `none` where there is none.
template <typename Map, typename Visit>
void ForEachChange(const Map& before, const Map& after, const typename Map::mapped_type& none, Visit visit) {
  Map all = before;
  all.insert(after.begin(), after.end());
  for (const auto& [key, unused] : all) {
    const auto old_at = before.find(key);
    const auto new_at = after.find(key);
    const auto& was = old_at == before.end() ? none : old_at->second;
    const auto& is = new_at == after.end() ? none : new_at->second;
    visit(key, was, is);
  }
}

void CompareLaw(const Derived& before, const Derived& after, Sentences& sentences) {
  const Text none{"aucun arrêt", "no such leave"};
  ForEachChange(ShownMilestones(before), ShownMilestones(after), none,
                [&](const MilestoneKey& key, const Text& was, const Text& is) {
                  if (was.fr == is.fr) return;
                  const auto& [start, kind, version] = key;
                  Text what = WordFor(static_cast<legal::MilestoneKind>(kind));
                  what = Text{"Échéance légale, ", "Legal milestone, "} + what +
                         Text{" (arrêt du ", " (leave of "} + Day(start) + Same(")");
                  sentences.push_back(what + FromTo(was, is));
                });
}

Text Shown(const Answer& answer) {
  Text text = WordForState(answer.state);
  if (answer.reached.has_value()) text = text + Text{" le ", " on "} + Day(*answer.reached);
  return text;
}

Text NameOf(const std::string& definition) {
  if (definition == "SRTW-50-28") {
    return Text{"Critère, reprise durable (SRTW-50-28)", "Endpoint, sustainable return (SRTW-50-28)"};
  }
  if (definition == "RTW-ANY") return Text{"Critère, première reprise (RTW-ANY)", "Endpoint, first return (RTW-ANY)"};
  if (definition == "ABS-365") {
    return Text{"Critère, jours d'arrêt en un an (ABS-365)", "Endpoint, days of leave in a year (ABS-365)"};
  }
  return Text{"Critère ", "Endpoint "} + Same(definition);
}

// " à 8 mois" for T0+8m.
Text AtLandmark(absl::string_view landmark) {
  absl::string_view months = landmark;
  if (!absl::ConsumePrefix(&months, "T0+") || !absl::ConsumeSuffix(&months, "m")) {
    return Text{" à ", " at "} + Same(std::string(landmark));
  }
  return Text{" à ", " at "} + Same(std::string(months)) + Text{" mois", " months"};
}

void CompareAnswers(const Derived& before, const Derived& after, Sentences& sentences) {
  for (size_t i = 0; i < before.answers.size() && i < after.answers.size(); ++i) {
    const Answer& was = before.answers[i];
    const Answer& is = after.answers[i];
    const Text name = NameOf(is.definition);
    if (was.state != is.state || was.reached != is.reached) sentences.push_back(name + FromTo(Shown(was), Shown(is)));
    if (was.sick_days != is.sick_days && i == 0) {
      const auto count = [](std::optional<int> days) {
        return days.has_value() ? Same(absl::StrCat(*days)) : WordForState("not_ascertainable");
      };
      sentences.push_back(Text{"Jours d'arrêt complet depuis T0", "Days of full sick leave since T0"} +
                          FromTo(count(was.sick_days), count(is.sick_days)));
    }
    ForEachChange(was.landmarks, is.landmarks, "not_ascertainable",
                  [&](const std::string& landmark, const std::string& old_state, const std::string& new_state) {
                    if (old_state == new_state) return;
                    sentences.push_back(name + AtLandmark(landmark) +
                                        FromTo(WordForState(old_state), WordForState(new_state)));
                  });
  }
}

template <typename Rule>
void CompareWindow(const Text& what, const Rule& rule, const Derived& before, const Derived& after,
                   Sentences& sentences) {
  const std::optional<Window> was = WindowOf(rule, before.anchors);
  const std::optional<Window> is = WindowOf(rule, after.anchors);
  if (was != is) sentences.push_back(what + FromTo(Period(was), Period(is)));
}

void CompareWindows(const Protocol& protocol, const Derived& before, const Derived& after, Sentences& sentences) {
  for (const QuestionnaireRule& rule : protocol.questionnaires) {
    CompareWindow(Text{"Fenêtre du questionnaire ", "Window of the questionnaire "} +
                      Same(absl::StrCat(rule.instrument, ", ", rule.timepoint)),
                  rule, before, after, sentences);
  }
  for (const VisitRule& rule : protocol.visits) {
    CompareWindow(Text{"Fenêtre de la visite ", "Window of the visit "} + Same(rule.visit), rule, before, after,
                  sentences);
  }
  for (const ComponentRule& rule : protocol.components) {
    CompareWindow(Text{"Fenêtre du composant ", "Window of the component "} + Same(rule.component), rule, before,
                  after, sentences);
  }
}

void ComparePhases(const PhaseTimeline& before, const PhaseTimeline& after, Sentences& sentences) {
  for (size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
    const auto shown = [i](const PhaseTimeline& phases) {
      if (i >= phases.size()) return Text{"aucune", "none"};
      Text text = WordFor(phases[i].kind) + Text{" à partir du ", " from "} + Day(phases[i].start);
      if (!phases[i].flags.empty()) text = text + Same(absl::StrCat(" [", absl::StrJoin(phases[i].flags, ", "), "]"));
      return text;
    };
    const Text was = shown(before);
    const Text is = shown(after);
    if (was.fr == is.fr) continue;
    sentences.push_back(Text{"Phase ", "Phase "} + Same(absl::StrCat(i + 1)) + FromTo(was, is));
  }
}

void CompareQuestions(const Derived& before, const Derived& after, Sentences& sentences) {
  const auto has = [](const std::vector<Text>& questions, const Text& question) {
    return std::any_of(questions.begin(), questions.end(), [&](const Text& other) { return other.fr == question.fr; });
  };
  for (const Text& question : after.questions) {
    if (!has(before.questions, question)) sentences.push_back(Text{"Nouvelle question : ", "New question: "} + question);
  }
  for (const Text& question : before.questions) {
    if (!has(after.questions, question)) sentences.push_back(Text{"Question levée : ", "Question settled: "} + question);
  }
}

}  // namespace

std::vector<Text> Differences(const Protocol& protocol, const Facts& facts_before, const Derived& before,
                              const Facts& facts_after, const Derived& after) {
  Sentences sentences;
  CompareLaw(before, after, sentences);
  CompareAnswers(before, after, sentences);
  CompareWindows(protocol, before, after, sentences);
  ComparePhases(facts_before.phases, facts_after.phases, sentences);
  CompareQuestions(before, after, sentences);
  return sentences;
}

}  // namespace reprise::phase
