// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/dictionary.h"

#include <map>

#include "services/platform/status.h"

namespace reprise::extract {
namespace {

Column Coded(const char* name, const char* fr, const char* en, const char* codes) {
  return {.name = name, .label_fr = fr, .label_en = en, .type = "code", .codes_fr = codes, .codes_en = codes};
}
Column Plain(const char* name, const char* fr, const char* en, const char* type) {
  return {.name = name, .label_fr = fr, .label_en = en, .type = type};
}
Column Day(const char* name, const char* fr, const char* en) { return Plain(name, fr, en, "day"); }
Column Pseudonym() {
  return Plain("pseudonym", "Pseudonyme, propre à cette extraction", "Pseudonym, of this extract alone", "text");
}

std::map<std::string, Columns> MakeCourse() {
  return {
      {"milestones.csv",
       {Pseudonym(),
        Coded("kind", "Étape du traitement", "Milestone of the treatment",
              "DIAGNOSIS|SURGERY|CHEMOTHERAPY_START|CHEMOTHERAPY_END|RADIOTHERAPY_END|ACTIVE_TREATMENT_END"),
        Day("day", "Jour de l’étape", "Day of the milestone"),
        Plain("version", "1 : comme saisi d’abord ; plus : corrigé", "1: as first recorded; more: corrected", "integer")}},
      {"leaves.csv",
       {Pseudonym(), Plain("number", "Rang de la prescription", "Rank of the prescription", "integer"),
        Coded("kind", "Initial ou prolongation", "Initial or extension", "INITIAL|EXTENSION"),
        Coded("cause", "Cause", "Cause", "ILLNESS|WORK_ACCIDENT|OCCUPATIONAL_DISEASE|MATERNITY"),
        Coded("part_time", "Arrêt à temps partiel", "Part-time leave", "0|1"),
        Day("issued_day", "Jour de la prescription", "Day of issue"),
        Day("start_day", "Premier jour", "First day"), Day("end_day", "Dernier jour", "Last day")}},
      {"work_status.csv",
       {Pseudonym(), Plain("position", "Rang dans la chronologie", "Rank in the timeline", "integer"),
        Coded("kind", "Situation de travail", "Work situation",
              "SICK_LEAVE|THERAPEUTIC_PART_TIME|FULL_TIME|CONTRACTUAL_PART_TIME|MATERNITY_LEAVE|UNEMPLOYED|"
              "RETIRED|INACTIVE|TRAINING|DECEASED|UNKNOWN|PAID_LEAVE"),
        Plain("percent", "Pourcentage du temps de travail", "Per cent of working time", "integer"),
        Day("start_day", "Premier jour", "First day"),
        Day("end_day", "Dernier jour ; vide : en cours", "Last day; empty: going on")}},
      {"phases.csv",
       {Pseudonym(), Plain("position", "Rang dans la chronologie", "Rank in the timeline", "integer"),
        Coded("kind", "Phase", "Phase", "LEAVE|PREPARATION|RETURNED"),
        Coded("trigger", "Ce qui l’a ouverte", "What began it", ""),
        Plain("flags", "Particularités", "What is unusual", "codes"),
        Day("start_day", "Premier jour", "First day"),
        Day("end_day", "Dernier jour ; vide : en cours", "Last day; empty: going on")}},
      {"visits.csv",
       {Pseudonym(), Coded("visit", "Visite du protocole", "Visit of the protocol", ""),
        Coded("state", "État", "State", "PLANNED|DONE|MISSED|CANCELLED|RESCHEDULED"),
        Day("day", "Jour prévu, ou jour de la visite", "Planned day, or day of the visit"),
        Coded("mode", "Mode", "Mode", "IN_PERSON|VIDEO|TELEPHONE"),
        Plain("measures", "Mesures jugées nécessaires", "Measures found necessary", "codes")}},
      {"deliveries.csv",
       {Pseudonym(), Coded("component", "Composante de l’intervention", "Component of the intervention", ""),
        Plain("component_version", "Version de la composante", "Version of the component", "text"),
        Day("day", "Jour de la remise", "Day of the delivery"),
        Coded("recipient", "Destinataire", "Recipient",
              "PARTICIPANT|GENERAL_PRACTITIONER|OCCUPATIONAL_PHYSICIAN|EMPLOYER|MANAGER|COLLEAGUE"),
        Plain("flags", "Particularités", "What is unusual", "codes")}},
  };
}

}  // namespace

const Columns& ParticipantColumns() {
  static const Columns* const kColumns = new Columns{
      Pseudonym(), Plain("stage", "Étape de l’étude", "Stage of the study", "text"),
      Plain("site", "Centre", "Site", "text"), Plain("arm", "Bras alloué ; vide : aucun", "Allocated arm; empty: none", "text"),
      Coded("status", "Statut à la date de coupure", "Status at the cut",
            "CONSENTED|SCREEN_FAILED|ENROLLED|RANDOMISED|COMPLETED|WITHDRAWN|LOST|DECEASED"),
      Plain("age_band", "Âge au consentement, par tranche de cinq ans", "Age at consent, in bands of five years", "text"),
      Plain("protocol_version", "Version du protocole en vigueur au consentement", "Version of the protocol in force at consent", "integer"),
      Day("enrolled_day", "Jour de l’inclusion", "Day of enrolment"),
      Day("randomised_day", "Jour de l’allocation", "Day of allocation"),
      Day("t0_day", "T0 : fin du traitement actif", "T0: end of active treatment"),
      Coded("withdrawal", "Retrait le plus étendu", "Furthest withdrawal", "INTERVENTION|CONTACT|ALL"),
      Day("withdrawal_day", "Jour du premier retrait", "Day of the first withdrawal"),
      Day("death_day", "Jour du décès", "Day of death"),
      Day("completed_day", "Fin du suivi", "End of follow-up")};
  return *kColumns;
}

const Columns& CourseColumns(const std::string& file) {
  static const auto* const kCourse = new std::map<std::string, Columns>(MakeCourse());
  const auto at = kCourse->find(file);
  REPRISE_CHECK(at != kCourse->end());
  return at->second;
}

const Column& AnsweredDay() {
  static const Column* const kColumn = new Column(Day("answered_day", "Jour de la réponse", "Day of the answer"));
  return *kColumn;
}

const Columns& FormColumns() {
  static const Columns* const kColumns = new Columns{
      Pseudonym(), Plain("timepoint", "Temps de mesure", "Timepoint", "text"), AnsweredDay(),
      Plain("version", "1 : comme soumis ; plus : corrigé", "1: as submitted; more: corrected", "integer")};
  return *kColumns;
}

std::vector<std::string> NamesOf(const Columns& columns) {
  std::vector<std::string> names;
  for (const Column& column : columns) names.push_back(column.name);
  return names;
}

std::vector<std::string> DictionaryHeader() {
  return {"file", "column", "label_fr", "label_en", "type", "codes_fr", "codes_en"};
}

std::vector<std::string> DictionaryLine(const std::string& file, const Column& column) {
  return {file, column.name, column.label_fr, column.label_en, column.type, column.codes_fr, column.codes_en};
}

}  // namespace reprise::extract
