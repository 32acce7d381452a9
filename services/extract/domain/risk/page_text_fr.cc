// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/page_text.h"

namespace reprise::extract::risk {

const Texts& FrenchTexts() {
  static const Texts* const texts = new Texts{
      .code = "fr",
      .title = "Rapport sur le risque de réidentification",
      .intro = "Calculé à partir du fichier diffusé lui-même, personne par personne.",
      .verdict_kept = "Le fichier respecte tous les modèles de confidentialité annoncés.",
      .verdict_broken =
          "Le fichier enfreint un modèle de confidentialité annoncé\u00A0: il ne doit pas être "
          "remis.",
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
      .risk_intro =
          "Probabilité qu’un attaquant connaissant tous les quasi-identifiants d’une personne "
          "retrouve le bon "
          "enregistrement.",
      .attacker = "Attaquant",
      .highest = "Maximum",
      .average = "Moyenne",
      .prosecutor = "Procureur",
      .prosecutor_note = "sait que la personne est dans le fichier",
      .journalist = "Journaliste",
      .journalist_bound =
          "ne le sait pas\u202F; population non précisée, donc risque du procureur comme majorant",
      .journalist_expected =
          "ne le sait pas\u202F; valeur attendue pour une population de {0} personnes",
      .marketer = "Démarcheur",
      .marketer_note = "essaie tout le monde\u202F; part attendue d’appariements exacts",
      .below_threshold =
          "Personnes dans des groupes de moins de {2}\u00A0: {0} ({1}). Les groupes sont comparés "
          "en "
          "nombre de personnes\u00A0: un groupe de 11 est assez grand, bien que 1/11 dépasse "
          "légèrement 0,09.",
      .sizes_heading = "Combien de personnes se ressemblent",
      .sizes_axis = "Taille du groupe\u00A0:",
      .sizes_caption = "Personnes publiées selon la taille de leur groupe",
      .sizes_safe = "{0} ou plus",
      .sizes_small = "moins de {0}",
      .unique_heading = "Personnes uniques",
      .sample_uniques =
          "Nombre de personnes seules de leur groupe dans le fichier\u00A0: {0} ({1} des personnes "
          "publiées).",
      .estimates =
          "Part estimée des personnes qui seraient seules de leur groupe dans une population de "
          "{0}\u00A0:",
      .population_missing =
          "Aucune population n’a été précisée\u00A0: l’unicité dans la population n’a pas été "
          "estimée.",
      .not_identified = "non identifiable",
      .minimal_heading = "Ce qui isole une personne",
      .minimal_intro =
          "Plus petites combinaisons de variables portées par une seule personne. Moins il faut de "
          "variables, "
          "plus l’attaque est facile.",
      .minimal_none = "Aucune combinaison de variables n’isole une personne.",
      .variables = "Variables combinées",
      .combinations = "Combinaisons uniques",
      .share = "Présence dans les combinaisons uniques",
      .searched = "Recherche jusqu’à {0} variables.",
      .sensitive_heading = "Ce qu’un groupe révèle",
      .sensitive_intro =
          "Groupe le plus défavorable pour chaque colonne sensible\u00A0: combien de valeurs il "
          "contient encore et à "
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
      .loss_intro =
          "0\u00A0: valeurs telles que recueillies\u202F; 1\u00A0: il ne reste rien de la colonne. "
          "Une personne supprimée compte pour 1.",
      .loss = "Perte",
      .closed_cells = "Cellules masquées (*)",
      .loss_missing = "Aucune hiérarchie n’a été fournie\u00A0: la perte n’est pas connue.",
      .mean_loss = "Moyenne des colonnes\u00A0: {0} (arithmétique), {1} (géométrique).",
      .loss_caption = "Perte d’information par colonne",
      .tables_heading = "Effectifs publiables",
      .tables_intro =
          "Les effectifs inférieurs à {0} sont masqués (·), d’autres aussi pour qu’aucun total ne "
          "permette de les "
          "retrouver. Pour ce qu’un lecteur peut en déduire, chaque effectif masqué peut être nul "
          "ou atteindre le seuil.",
      .closed = "masqué",
      .total = "Total",
      .unsafe_table = "Ce tableau ne peut pas être protégé\u00A0: il est entièrement masqué.",
      .left_out = "Tableaux omis car trop grands\u00A0: {0}.",
      .models =
          {{"k", "groupes d’au moins {0} personnes (k-anonymat)"},
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
           {"dd", "log2 du rapport à l’ensemble inférieur à {0} (delta-divulgation)"}},
      .limits_heading = "Ce que ce rapport ne garantit pas",
      .limits = {
          "Le k-anonymat n’empêche pas les déductions à partir de connaissances extérieures\u00A0: "
          "qui connaît déjà une partie de "
          "l’histoire d’une personne peut apprendre le reste d’un groupe aux valeurs semblables.",
          "Un attaquant qui sait comment le codage a été choisi peut exclure certaines "
          "possibilités (attaque par minimalité "
          "contre les optimums l-diversifiés).",
          "Une étude d’une quarantaine de personnes ne peut pas être anonymisée avec plus de deux "
          "ou trois quasi-identifiants "
          "grossiers\u00A0: fournir plutôt des agrégats ou un accès en salle sécurisée.",
          "Les chiffres relatifs à la population sont des estimations issues d’un modèle, non des "
          "observations."}};
  return *texts;
}

}  // namespace reprise::extract::risk
