// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "clients/cli/offline/instrument/verbs_of_instrument.h"
#include "services/platform/text/number.h"
#include "services/questionnaire/domain/instrument/describe.h"

namespace reprise::cli {
namespace {

using instrument::Item;
using instrument::ItemType;

// What this page itself says, in both languages.
struct Phrase {
  const char* key;
  const char* fr;
  const char* en;
};
constexpr Phrase kPhrases[] = {
    {"single_choice", "un seul choix", "one choice"},
    {"multiple_choice", "plusieurs choix", "several choices"},
    {"integer", "nombre entier", "whole number"},
    {"decimal", "nombre décimal", "decimal number"},
    {"date", "date", "date"},
    {"partial_date", "date, même incomplète", "date, perhaps incomplete"},
    {"time", "heure", "time"},
    {"text", "texte", "text"},
    {"scale", "échelle visuelle", "visual scale"},
    {"matrix", "tableau", "matrix"},
    {"information", "information", "information"},
    {"computed", "calculé", "computed"},
    {"required", "obligatoire", "required"},
    {"shown_if", "affiché si", "shown if"},
    {"scores", "Scores", "Scores"},
    {"alerts", "Alertes", "Alerts"},
    {"version", "version", "version"},
    {"licence", "Licence", "Licence"},
    {"checked", "vérifiée le", "checked on"},
    {"tier", "catégorie", "tier"},
    {"mean", "moyenne de", "mean of"},
    {"sum", "somme de", "sum of"},
    {"reversed", "inversés", "reversed"},
    {"at_least", "réponses nécessaires", "answers needed"},
    {"not_if", "sans objet si", "not applicable if"},
    {"no_wording", "Définition sans texte : l’étude charge le texte sous licence.",
     "Definition without wording: the study loads the licensed text."}};

class Page {
 public:
  Page(const instrument::Instrument& instrument, const std::string& language)
      : instrument_(instrument), language_(language) {}

  std::string Write() {
    Line(absl::StrCat(Words(instrument_.title, instrument_.id), " (", instrument_.id, ", ",
                      Say("version"), " ", instrument_.version, ")"));
    if (!instrument_.description.empty()) Line(Words(instrument_.description, ""));
    Line(absl::StrCat(Say("licence"), language_ == "fr" ? " : " : ": ", instrument_.licence.owner,
                      ". ", instrument_.licence.terms, " (", Say("tier"), " ",
                      instrument::NameOf(instrument_.licence.tier), ", ", Say("checked"), " ",
                      instrument_.licence.date_checked, ")"));
    if (instrument_.languages.empty()) Line(Say("no_wording"));
    for (const instrument::Section& section : instrument_.sections) {
      Line("");
      Line(absl::StrCat("## ", Words(section.title, section.code), Condition(section.shown_if)));
      for (const Item& item : section.items) WriteItem(item);
    }
    WriteScores();
    WriteAlerts();
    return out_;
  }

 private:
  void Line(const std::string& text) { absl::StrAppend(&out_, text, "\n"); }
  std::string Say(absl::string_view key) const {
    for (const Phrase& phrase : kPhrases) {
      if (key == phrase.key) return language_ == "fr" ? phrase.fr : phrase.en;
    }
    return std::string(key);
  }
  std::string Words(const instrument::Text& text, const std::string& otherwise) const {
    const auto at = text.find(language_);
    return at == text.end() ? otherwise : at->second;
  }
  std::string Condition(const std::string& shown_if) const {
    return shown_if.empty() ? "" : absl::StrCat(" {", Say("shown_if"), " ", shown_if, "}");
  }

  void WriteItem(const Item& item) {
    std::string about = Say(instrument::NameOf(item.type));
    if (item.required) absl::StrAppend(&about, ", ", Say("required"));
    if (!item.hard.min.empty() || !item.hard.max.empty()) {
      absl::StrAppend(&about, ", ", item.hard.min, "–", item.hard.max);
    }
    if (item.scale.min && item.scale.max) {
      absl::StrAppend(&about, ", ", text::FormatDouble(*item.scale.min), "–",
                      text::FormatDouble(*item.scale.max));
    }
    if (!item.unit.code.empty())
      absl::StrAppend(&about, ", ", Words(item.unit.label, item.unit.code));
    Line(absl::StrCat("  [", item.code, "] ", Words(item.text, ""), " (", about, ")",
                      Condition(item.shown_if)));
    if (!item.help.empty()) Line(absl::StrCat("      ", Words(item.help, "")));
    if (!item.calculation.empty()) Line(absl::StrCat("      = ", item.calculation));
    for (const instrument::Row& row : item.rows) {
      Line(absl::StrCat("    [", row.code, "] ", Words(row.text, ""), Condition(row.shown_if)));
    }
    for (const instrument::Choice& choice : instrument::ChoicesOf(instrument_, item)) {
      std::string text = absl::StrCat("      ", choice.code);
      if (choice.value) absl::StrAppend(&text, " (= ", text::FormatDouble(*choice.value), ")");
      if (!choice.label.empty()) absl::StrAppend(&text, "  ", Words(choice.label, ""));
      Line(text);
    }
  }

  void WriteScores() {
    if (instrument_.scores.empty()) return;
    Line("");
    Line(absl::StrCat("## ", Say("scores")));
    for (const instrument::Score& score : instrument_.scores) {
      std::string rule = score.expression;
      if (score.rule != instrument::ScoreRule::kExpression) {
        rule = absl::StrCat(Say(instrument::NameOf(score.rule)), " ",
                            absl::StrJoin(score.items, ", "));
        if (!score.reverse.empty()) {
          absl::StrAppend(&rule, "; ", Say("reversed"), " ", absl::StrJoin(score.reverse, ", "));
        }
        absl::StrAppend(&rule, "; ", Say("at_least"), " ",
                        score.min_answered.value_or(static_cast<int>(score.items.size())), "/",
                        score.items.size());
      }
      if (score.rescale.from_low) {
        absl::StrAppend(&rule, "; ", text::FormatDouble(*score.rescale.from_low), "–",
                        text::FormatDouble(*score.rescale.from_high), " → ",
                        text::FormatDouble(*score.rescale.to_low), "–",
                        text::FormatDouble(*score.rescale.to_high));
      }
      if (!score.not_applicable_when.empty()) {
        absl::StrAppend(&rule, "; ", Say("not_if"), " ", score.not_applicable_when);
      }
      Line(absl::StrCat("  [", score.id, "] ", Words(score.label, ""), "\n      ", rule));
      if (!score.note.empty()) Line(absl::StrCat("      ", score.note));
    }
  }

  void WriteAlerts() {
    if (instrument_.alerts.empty()) return;
    Line("");
    Line(absl::StrCat("## ", Say("alerts")));
    for (const instrument::Alert& alert : instrument_.alerts) {
      Line(absl::StrCat("  [", alert.id, "] ", alert.when, "\n      ", Words(alert.text, "")));
    }
  }

  const instrument::Instrument& instrument_;
  const std::string& language_;
  std::string out_;
};

}  // namespace

std::string ShowInstrument(const instrument::Instrument& instrument, const std::string& language) {
  return Page(instrument, language).Write();
}

}  // namespace reprise::cli
