// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/page_text.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace reprise::extract::risk {
namespace {

constexpr char kNarrowSpace[] = "\u202F";

const Texts& English() {
  static const Texts* const texts = new Texts{
      .code = "en",
      .title = "Re-identification risk report",
      .intro = "Computed from the released file itself, person by person.",
      .verdict_kept = "The file keeps every promised privacy model.",
      .verdict_broken = "The file breaks a promised privacy model: it must not be handed out.",
      .verdict_none = "No privacy model was promised for this file.",
      .verified = "Checked cell by cell against the original data.",
      .not_verified = "Not checked against the original data.",
      .file_heading = "The file",
      .persons = "Persons",
      .suppressed = "Suppressed",
      .classes = "Classes of persons who look alike",
      .smallest_class = "Persons in the smallest class",
      .person_unit = "persons",
      .promises_heading = "Promised models",
      .model = "Model",
      .reached = "Worst figure",
      .holds = "Kept",
      .yes = "yes",
      .no = "no",
      .risk_heading = "Risk of being recognised",
      .risk_intro = "Chance that an attacker who knows all the quasi-identifiers of a person picks the right record.",
      .attacker = "Attacker",
      .highest = "Highest",
      .average = "Average",
      .prosecutor = "Prosecutor",
      .prosecutor_note = "knows that the person is in the file",
      .journalist = "Journalist",
      .journalist_bound = "does not know it; no population stated, so the prosecutor's risk as an upper bound",
      .journalist_expected = "does not know it; expected for a population of {0} persons",
      .marketer = "Marketer",
      .marketer_note = "tries everybody; expected share of right matches",
      .below_threshold = "Persons in groups smaller than {2}: {0} ({1}). Groups are compared as numbers of persons: "
                         "a group of 11 is large enough, although 1/11 is a little more than 0.09.",
      .sizes_heading = "How many persons look alike",
      .sizes_axis = "Size of the group:",
      .sizes_caption = "Published persons by the size of their group",
      .sizes_safe = "{0} or more",
      .sizes_small = "fewer than {0}",
      .unique_heading = "Unique persons",
      .sample_uniques = "Number of persons alone in the file: {0} ({1} of those published).",
      .estimates = "Estimated share of persons who would be alone in a population of {0}:",
      .population_missing = "No population was stated, so uniqueness in the population was not estimated.",
      .not_identified = "not identified",
      .minimal_heading = "What singles a person out",
      .minimal_intro = "Smallest combinations of variables held by one person only. The fewer variables, the easier the attack.",
      .minimal_none = "No combination of variables singles anybody out.",
      .variables = "Variables combined",
      .combinations = "Unique combinations",
      .share = "Part in unique combinations",
      .searched = "Searched up to {0} variables.",
      .sensitive_heading = "What a group gives away",
      .sensitive_intro = "Worst group for each sensitive column: how many values it still holds, and how far it is from the whole file.",
      .column = "Column",
      .values = "Values",
      .distinct = "Distinct values (l)",
      .entropy = "Entropy l",
      .t_equal = "t, equal distance",
      .t_ordered = "t, ordered",
      .t_hierarchical = "t, hierarchical",
      .homogeneous = "Persons in groups with one value",
      .loss_heading = "What the coding costs",
      .loss_intro = "0: values as collected; 1: nothing left of the column. Suppressed persons count as 1.",
      .loss = "Loss",
      .closed_cells = "Cells closed (*)",
      .loss_missing = "No hierarchies were given, so the loss is not known.",
      .mean_loss = "Mean of the columns: {0} (arithmetic), {1} (geometric).",
      .loss_caption = "Loss of information by column",
      .tables_heading = "Counts that may be shown",
      .tables_intro = "Counts below {0} are closed (·), and further ones so that no total gives them back. Each closed count "
                      "could be zero or reach the threshold for all that a reader can derive.",
      .closed = "closed",
      .total = "Total",
      .unsafe_table = "This table cannot be protected and is closed entirely.",
      .left_out = "Left out because they have too many cells: {0}.",
      .models = {{"k", "groups of at least {0} persons (k-anonymity)"},
                 {"km", "at least {0} persons of the population fit each group (k-map)"},
                 {"avg", "average risk at most {0}"},
                 {"dp", "chance of being in the file between {0} and {1} (delta-presence)"},
                 {"su", "share of persons alone in the file at most {0}"},
                 {"pu", "estimated share of persons alone in a population of {1} at most {0}"},
                 {"dl", "at least {0} distinct values in each group (l-diversity)"},
                 {"el", "entropy l-diversity of at least {0}"},
                 {"rl", "recursive (c, l)-diversity with c = {0}, l = {1}"},
                 {"te", "distance to the whole file at most {0} (t-closeness, equal distance)"},
                 {"th", "distance to the whole file at most {0} (t-closeness, hierarchical)"},
                 {"to", "distance to the whole file at most {0} (t-closeness, ordered)"},
                 {"bl", "gain in certainty at most {0} (enhanced beta-likeness)"},
                 {"dd", "log ratio to the whole file below {0} (delta-disclosure)"}},
      .limits_heading = "What this report does not promise",
      .limits = {
          "k-anonymity does not prevent conclusions from outside knowledge: somebody who already knows part of a person's "
          "story may still learn the rest from a group whose values are alike.",
          "An attacker who knows how the coding was chosen may exclude some possibilities (minimality attack on l-diverse "
          "optima).",
          "A study of about 40 persons cannot be anonymised with more than two or three coarse quasi-identifiers: give "
          "aggregates or access in a secure room instead.",
          "Population figures are estimates from a model, not observations."}};
  return *texts;
}

const Texts& French() {
  static const Texts* const texts = new Texts{
      .code = "fr",
      .title = "Rapport sur le risque de réidentification",
      .intro = "Calculé à partir du fichier diffusé lui-même, personne par personne.",
      .verdict_kept = "Le fichier respecte tous les modèles de confidentialité annoncés.",
      .verdict_broken = "Le fichier enfreint un modèle de confidentialité annoncé\u00A0: il ne doit pas être remis.",
      .verdict_none = "Aucun modèle de confidentialité n’a été annoncé pour ce fichier.",
      .verified = "Contrôlé cellule par cellule par rapport aux données d’origine.",
      .not_verified = "Non contrôlé par rapport aux données d’origine.",
      .file_heading = "Le fichier",
      .persons = "Personnes",
      .suppressed = "Supprimées",
      .classes = "Groupes de personnes indiscernables",
      .smallest_class = "Personnes dans le plus petit groupe",
      .person_unit = "personnes",
      .promises_heading = "Modèles annoncés",
      .model = "Modèle",
      .reached = "Valeur la plus défavorable",
      .holds = "Respecté",
      .yes = "oui",
      .no = "non",
      .risk_heading = "Risque d’être reconnu",
      .risk_intro = "Probabilité qu’un attaquant connaissant tous les quasi-identifiants d’une personne retrouve le bon "
                    "enregistrement.",
      .attacker = "Attaquant",
      .highest = "Maximum",
      .average = "Moyenne",
      .prosecutor = "Procureur",
      .prosecutor_note = "sait que la personne est dans le fichier",
      .journalist = "Journaliste",
      .journalist_bound = "ne le sait pas\u202F; population non précisée, donc risque du procureur comme majorant",
      .journalist_expected = "ne le sait pas\u202F; valeur attendue pour une population de {0} personnes",
      .marketer = "Démarcheur",
      .marketer_note = "essaie tout le monde\u202F; part attendue d’appariements exacts",
      .below_threshold = "Personnes dans des groupes de moins de {2}\u00A0: {0} ({1}). Les groupes sont comparés en "
                         "nombre de personnes\u00A0: un groupe de 11 est assez grand, bien que 1/11 dépasse légèrement 0,09.",
      .sizes_heading = "Combien de personnes se ressemblent",
      .sizes_axis = "Taille du groupe\u00A0:",
      .sizes_caption = "Personnes publiées selon la taille de leur groupe",
      .sizes_safe = "{0} ou plus",
      .sizes_small = "moins de {0}",
      .unique_heading = "Personnes uniques",
      .sample_uniques = "Nombre de personnes seules de leur groupe dans le fichier\u00A0: {0} ({1} des personnes publiées).",
      .estimates = "Part estimée des personnes qui seraient seules de leur groupe dans une population de {0}\u00A0:",
      .population_missing = "Aucune population n’a été précisée\u00A0: l’unicité dans la population n’a pas été estimée.",
      .not_identified = "non identifiable",
      .minimal_heading = "Ce qui isole une personne",
      .minimal_intro = "Plus petites combinaisons de variables portées par une seule personne. Moins il faut de variables, "
                       "plus l’attaque est facile.",
      .minimal_none = "Aucune combinaison de variables n’isole une personne.",
      .variables = "Variables combinées",
      .combinations = "Combinaisons uniques",
      .share = "Présence dans les combinaisons uniques",
      .searched = "Recherche jusqu’à {0} variables.",
      .sensitive_heading = "Ce qu’un groupe révèle",
      .sensitive_intro = "Groupe le plus défavorable pour chaque colonne sensible\u00A0: combien de valeurs il contient encore et à "
                         "quel point il s’écarte de l’ensemble du fichier.",
      .column = "Colonne",
      .values = "Valeurs",
      .distinct = "Valeurs distinctes (l)",
      .entropy = "l d’entropie",
      .t_equal = "t, distance égale",
      .t_ordered = "t, ordonnée",
      .t_hierarchical = "t, hiérarchique",
      .homogeneous = "Personnes dans un groupe à valeur unique",
      .loss_heading = "Ce que coûte le codage",
      .loss_intro = "0\u00A0: valeurs telles que recueillies\u202F; 1\u00A0: il ne reste rien de la colonne. Une personne supprimée compte pour 1.",
      .loss = "Perte",
      .closed_cells = "Cellules masquées (*)",
      .loss_missing = "Aucune hiérarchie n’a été fournie\u00A0: la perte n’est pas connue.",
      .mean_loss = "Moyenne des colonnes\u00A0: {0} (arithmétique), {1} (géométrique).",
      .loss_caption = "Perte d’information par colonne",
      .tables_heading = "Effectifs publiables",
      .tables_intro = "Les effectifs inférieurs à {0} sont masqués (·), d’autres aussi pour qu’aucun total ne permette de les "
                      "retrouver. Pour ce qu’un lecteur peut en déduire, chaque effectif masqué peut être nul ou atteindre le seuil.",
      .closed = "masqué",
      .total = "Total",
      .unsafe_table = "Ce tableau ne peut pas être protégé\u00A0: il est entièrement masqué.",
      .left_out = "Tableaux omis car trop grands\u00A0: {0}.",
      .models = {{"k", "groupes d’au moins {0} personnes (k-anonymat)"},
                 {"km", "au moins {0} personnes de la population correspondent à chaque groupe (k-map)"},
                 {"avg", "risque moyen d’au plus {0}"},
                 {"dp", "probabilité de figurer dans le fichier entre {0} et {1} (delta-présence)"},
                 {"su", "part des personnes seules de leur groupe d’au plus {0}"},
                 {"pu", "part estimée de personnes seules dans une population de {1} d’au plus {0}"},
                 {"dl", "au moins {0} valeurs distinctes par groupe (l-diversité)"},
                 {"el", "l-diversité d’entropie d’au moins {0}"},
                 {"rl", "(c, l)-diversité récursive avec c = {0}, l = {1}"},
                 {"te", "distance à l’ensemble du fichier d’au plus {0} (t-proximité, distance égale)"},
                 {"th", "distance à l’ensemble du fichier d’au plus {0} (t-proximité, hiérarchique)"},
                 {"to", "distance à l’ensemble du fichier d’au plus {0} (t-proximité, ordonnée)"},
                 {"bl", "gain de certitude d’au plus {0} (beta-ressemblance renforcée)"},
                 {"dd", "rapport logarithmique à l’ensemble inférieur à {0} (delta-divulgation)"}},
      .limits_heading = "Ce que ce rapport ne garantit pas",
      .limits = {
          "Le k-anonymat n’empêche pas les déductions à partir de connaissances extérieures\u00A0: qui connaît déjà une partie de "
          "l’histoire d’une personne peut apprendre le reste d’un groupe aux valeurs semblables.",
          "Un attaquant qui sait comment le codage a été choisi peut exclure certaines possibilités (attaque par minimalité "
          "contre les optimums l-diversifiés).",
          "Une étude d’une quarantaine de personnes ne peut pas être anonymisée avec plus de deux ou trois quasi-identifiants "
          "grossiers\u00A0: fournir plutôt des agrégats ou un accès en salle sécurisée.",
          "Les chiffres relatifs à la population sont des estimations issues d’un modèle, non des observations."}};
  return *texts;
}

}  // namespace

absl::optional<Language> LanguageOf(absl::string_view code) {
  if (code == "fr") return Language::kFrench;
  if (code == "en") return Language::kEnglish;
  return absl::nullopt;
}

const Texts& TextsFor(Language language) {
  return language == Language::kFrench ? French() : English();
}

std::string Fill(const std::string& template_text, const std::vector<std::string>& values) {
  std::string text = template_text;
  for (size_t i = 0; i < values.size(); ++i) {
    text = absl::StrReplaceAll(text, {{absl::StrCat("{", i, "}"), values[i]}});
  }
  return text;
}

std::string Whole(uint64_t value, Language language) {
  const std::string digits = absl::StrCat(value);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += language == Language::kFrench ? kNarrowSpace : ",";
    text += digits[i];
  }
  return text;
}

std::string Decimal(double value, int digits, Language language) {
  if (!std::isfinite(value)) return "∞";
  std::string text = absl::StrFormat("%.*f", digits, value);
  if (language == Language::kFrench) text = absl::StrReplaceAll(text, {{".", ","}});
  return text;
}

std::string Percent(double share, Language language) {
  const double percent = 100 * share;
  const int digits = percent != 0 && std::fabs(percent) < 10 ? 2 : 1;
  // A small share must not read as none.
  const bool tiny = percent > 0 && percent < 0.005;
  const std::string number = tiny ? absl::StrCat("< ", Decimal(0.01, 2, language)) : Decimal(percent, digits, language);
  return absl::StrCat(number, language == Language::kFrench ? absl::StrCat(kNarrowSpace, "%") : "%");
}

}  // namespace reprise::extract::risk
