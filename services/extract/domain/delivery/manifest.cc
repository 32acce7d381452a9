// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/manifest.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"

namespace reprise::extract {
namespace {

using Json = nlohmann::ordered_json;

// $0 study, $1 stage, $2 cut, $3 participants, $4 left out.
constexpr char kReadme[] = R"txt(DONNÉES PSEUDONYMISÉES – CE NE SONT PAS DES DONNÉES ANONYMES
PSEUDONYMISED DATA – THESE ARE NOT ANONYMOUS DATA

[Français]
Étude $0, étape $1, faits enregistrés jusqu'au $2 (UTC). Participantes : $3 ; exclues parce qu'elles ont
retiré leurs données depuis, ou demandé leur effacement : $4.

Pseudonymisé ne veut pas dire anonyme : ces données restent des données personnelles de santé (RGPD).
Une participante peut être reconnue par le croisement de ses réponses. Ne cherchez à reconnaître
personne, ne transmettez pas ces fichiers, ne publiez aucun effectif inférieur à 11, et effacez-les
quand la finalité approuvée est atteinte.

Les pseudonymes valent pour cette seule extraction. Les jours comptent à partir du consentement (jour
0) ; le jour de T0 est dans participants.csv. Aucune date du calendrier, aucun texte libre.
Fichiers CSV : UTF-8, virgule, une ligne d'en-tête. Vide : rien n'est enregistré. Réponses manquantes :
.R refus, .X sans objet, .B question non posée (filtre), .N sans réponse.
dictionary.csv explique chaque colonne ; manifest.json permet de vérifier les fichiers (SHA-256) et
nomme les questions laissées de côté.

[English]
Study $0, stage $1, facts recorded until $2 (UTC). Participants: $3; left out because they withdrew
their data since, or asked for erasure: $4.

Pseudonymised does not mean anonymous: these remain personal health data (GDPR). A participant may be
recognised by combining her answers. Try to recognise nobody, hand these files to nobody, publish no
count below 11, and erase them when the approved purpose is reached.

Pseudonyms hold in this extract alone. Days count from consent (day 0); the day of T0 is in
participants.csv. No calendar date, no free text.
CSV files: UTF-8, comma, one header line. Empty: nothing is recorded. Missing answers: .R refused,
.X not applicable, .B not asked (branching), .N not answered.
dictionary.csv explains every column; manifest.json lets you check the files (SHA-256) and names the
questions left out.
)txt";

std::string CutOf(const Contents& contents) {
  return absl::FormatTime("%E4Y-%m-%dT%H:%M:%E6SZ", contents.cut_time, absl::UTCTimeZone());
}

}  // namespace

std::string MakeReadme(const Contents& contents) {
  return absl::Substitute(kReadme, contents.study, contents.stage, CutOf(contents), contents.participants,
                          contents.withdrawn);
}

std::string MakeManifest(const Contents& contents, const std::vector<FileRecord>& files) {
  Json manifest{{"format", "reprise-extract-1"},
                {"notice", {{"fr", "Données pseudonymisées, non anonymes."},
                            {"en", "Pseudonymised data, not anonymous."}}},
                {"study", contents.study},
                {"filters", {{"stage", contents.stage}, {"recorded_until", CutOf(contents)}}},
                {"day_zero", "consent"},
                {"protocol", {{"version", contents.protocol_version}, {"label", contents.protocol_label}}},
                {"participants", contents.participants},
                {"withdrawn_left_out", contents.withdrawn}};
  Json instruments = Json::array(), left_out = Json::array(), sent = Json::array();
  for (const FormLayout& form : contents.forms) {
    instruments.push_back({{"instrument", form.instrument_id},
                           {"version", form.version},
                           {"document_sha256", form.document_sha256}});
    for (const LeftOut& item : form.left_out) {
      left_out.push_back({{"file", form.FileName()}, {"item", item.item}, {"because", item.because}});
    }
  }
  for (const FileRecord& file : files) {
    sent.push_back({{"file", file.name}, {"rows", file.rows}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  manifest["instruments"] = instruments;
  manifest["left_out"] = left_out;
  manifest["files"] = sent;
  return absl::StrCat(manifest.dump(2), "\n");
}

}  // namespace reprise::extract
