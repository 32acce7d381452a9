// SPDX-License-Identifier: Apache-2.0
// The everyday verbs of coordinators, physicians, managers and researchers.
#include "clients/cli/online/field_verbs.h"
#include "clients/cli/online/verb.h"
#include "clients/cli/verbs.h"

namespace reprise::cli {
namespace {

constexpr Argument kParticipant{"participant", "participant_id", "Code or UUID", true,
                                Names::kParticipant};
constexpr Argument kStage{"stage", "stage", "Code of the stage, such as PILOT", true};
constexpr Argument kReason{"--reason", "change_reason", "Why; kept with the change", true};

constexpr Argument kIdentity{"--identity", "identity",
                             "JSON file with birthName, usedName, givenName, birthDate {year, month, day}, email, "
                             "phone, employer; - reads standard input",
                             false, Names::kFile};

}  // namespace

void AddScreenVerbs(Cli& cli) {
  AddFieldVerbs(
      cli, AddGroup(cli, "screen", "Candidates: screened, identified, declined"),
      {{"add", "enrolment/ScreenCandidate", "Record a screening attempt",
        "reprise screen add LYS --stage PILOT --on 2025-03-12 --failed AGE,EMPLOYED",
        {{"site", "site_id", "Code or UUID", true, Names::kSite},
         {"--stage", "stage", "Code of the stage", true},
         {"--on", "screened_date", "Day of the screening", true},
         {"--failed", "failed_criteria", "Codes of the criteria that speak against; none: eligible"},
         kIdentity}},
       {"identify", "enrolment/IdentifyCandidate", "Put a candidate's identity into the vault",
        "reprise screen identify 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b --identity person.json",
        {{"screening", "screening_id", "UUID", true},
         {"--identity", "identity", kIdentity.what, true, Names::kFile}}},
       {"decline", "enrolment/DeclineCandidate", "Record that an eligible candidate declined",
        "reprise screen decline 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b --reason NO_TIME",
        {{"screening", "screening_id", "UUID", true},
         {"--reason", "reason", "Code from the study document", true}}},
       {"list", "enrolment/ListScreenings", "List the screenings of a stage",
        "reprise screen list PILOT --site LYS",
        {kStage, {"--site", "site_id", "Code or UUID; left out: all in sight", false, Names::kSite}},
        {"number", "screened_date", "outcome", "failed_criteria", "decline_reason", "identified",
         "screening_id"}}});
}

void AddConsentVerbs(Cli& cli) {
  const Argument form{"--form", "form", "Code of the form", true};
  const Argument version{"--form-version", "form_version", "Its version", true};
  const Argument signed_on{"--signed", "signed_date", "Day of the signature", true};
  const Argument mode{"--mode", "mode", "paper or electronic", true};
  const Argument scopes{"--scope", "scopes", "Further uses agreed to, such as RECONTACT"};
  AddFieldVerbs(
      cli, AddGroup(cli, "consent", "Consents: recorded and renewed"),
      {{"record", "enrolment/RecordConsent", "Record the consent that makes a candidate a participant",
        "reprise consent record 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b --form MAIN_CONSENT --form-version 1.0 "
        "--signed 2025-03-20 --mode paper",
        {{"screening", "screening_id", "UUID", true}, form, version, signed_on, mode, scopes}},
       {"renew", "enrolment/RenewConsent", "Record a further consent of a participant",
        "reprise consent renew LYS-0042 --form MAIN_CONSENT --form-version 2.0 --signed 2026-09-03 "
        "--mode paper",
        {kParticipant, form, version, signed_on, mode, scopes}},
       {"list", "enrolment/ListConsents", "List where participants stand with their consents",
        "reprise consent list --site LYS --due",
        {{"--site", "site_id", "Code or UUID; left out: all in sight", false, Names::kSite},
         {"--due", "only_due", "Only those who have to sign a newer version"}},
        {"participant_code", "consent.form", "consent.form_version", "consent.signed_date", "renewal_due",
         "renewal_due_date", "renewal_form_version"}}});
}

void AddEnrolVerbs(Cli& cli) {
  AddFieldVerbs(
      cli, &cli.app,
      {{"enrol", "enrolment/EnrolParticipant", "Enrol a consented participant",
        "reprise enrol LYS-0042 --on 2025-03-21",
        {kParticipant, {"--on", "enrolled_date", "Day of the enrolment", true}}},
       {"withdraw", "enrolment/WithdrawParticipant", "Record that a participant withdraws",
        "reprise withdraw LYS-0042 --kind intervention --on 2025-06-02",
        {kParticipant,
         {"--kind", "kind", "intervention, contact, all or all_with_erasure", true},
         {"--on", "withdrawal_date", "Day of the withdrawal", true},
         {"--reason", "reason", "If she gave one; no identity"}}}});
}

void AddPhaseVerbs(Cli& cli) {
  AddFieldVerbs(
      cli, AddGroup(cli, "phase", "From treatment to work: dates, leave, work, phases, intervention"),
      {{"show", "phase/GetCourse", "Show the course of a participant and what follows from it",
        "reprise phase show LYS-0042", {kParticipant}},
       {"milestone", "phase/RecordMilestone", "Record or correct a date of the treatment",
        "reprise phase milestone LYS-0042 active_treatment_end 2025-09-15 --reason \"letter of 20 September\"",
        {kParticipant,
         {"kind", "kind", "diagnosis, surgery, chemotherapy_start, chemotherapy_end, radiotherapy_end or "
          "active_treatment_end", true},
         {"date", "date", "The day", true},
         {"--reason", "change_reason", "Why it is corrected; required for a correction"}}},
       {"leave", "phase/RecordLeave", "Record a prescription of leave",
        "reprise phase leave LYS-0042 2025-03-01 2025-03-31 --issued 2025-03-01 --kind initial --cause illness",
        {kParticipant,
         {"start", "start_date", "First day", true},
         {"end", "end_date", "Last day, inclusive", true},
         {"--issued", "issued_date", "Day of issue", true},
         {"--kind", "kind", "initial or extension", true},
         {"--cause", "cause", "illness, work_accident, occupational_disease or maternity", true},
         {"--part-time", "part_time", "Therapeutic part-time"}}},
       {"void-leave", "phase/VoidLeave", "Void a prescription recorded in error",
        "reprise phase void-leave LYS-0042 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b --reason \"other person\"",
        {kParticipant, {"leave", "leave_id", "UUID", true}, kReason}},
       {"work", "phase/ChangeWorkStatus", "Record that the work situation changed",
        "reprise phase work LYS-0042 therapeutic_part_time 2025-10-01 --percent 50",
        {kParticipant,
         {"kind", "kind", "sick_leave, therapeutic_part_time, full_time, contractual_part_time, "
          "maternity_leave, paid_leave, unemployed, retired, inactive, training, deceased or unknown", true},
         {"start", "start_date", "First day of it", true},
         {"--percent", "percent", "Share of the contract before the diagnosis, 1 to 100"}}},
       {"begin", "phase/ChangePhase", "Record that a phase began",
        "reprise phase begin LYS-0042 preparation 2025-08-20 --trigger PRE_RETURN_VISIT",
        {kParticipant,
         {"kind", "kind", "leave, preparation or returned", true},
         {"start", "start_date", "First day", true},
         {"--trigger", "trigger", "What began it"}}},
       {"preview", "phase/PreviewCorrection", "Show what a correction of a timeline would change",
        "reprise phase preview LYS-0042 --timeline corrected.json",
        {kParticipant, {"--timeline", "corrected", "JSON file of the CorrectedTimeline", true, Names::kFile}}},
       {"correct", "phase/CorrectTimeline", "Replace a timeline by a corrected one",
        "reprise phase correct LYS-0042 --timeline corrected.json --revision 3 --reason \"late letter\"",
        {kParticipant,
         {"--timeline", "corrected", "JSON file of the CorrectedTimeline", true, Names::kFile},
         {"--revision", "revision", "Revision that was read, as `reprise phase show` prints it", true},
         kReason}},
       {"deliver", "phase/RecordDelivery", "Record that a component of the intervention was delivered",
        "reprise phase deliver LYS-0042 TOOLKIT 2025-04-02 --to PARTICIPANT",
        {kParticipant,
         {"component", "component", "Code from the study document", true},
         {"date", "delivered_date", "Day of the delivery", true},
         {"--to", "recipient", "PARTICIPANT, GENERAL_PRACTITIONER, OCCUPATIONAL_PHYSICIAN, EMPLOYER, MANAGER or "
          "COLLEAGUE", true},
         {"--out-of-protocol", "out_of_protocol", "Store what the protocol does not foresee for her"}}}});
}

void AddVisitVerbs(Cli& cli) {
  const Argument mode{"--mode", "mode", "IN_PERSON, VIDEO or TELEPHONE", true};
  AddFieldVerbs(
      cli, AddGroup(cli, "visit", "Visits: planned, recorded, closed"),
      {{"plan", "phase/PlanVisit", "Record that a visit is planned",
        "reprise visit plan LYS-0042 PRE_RETURN 2025-09-20 --mode VIDEO",
        {kParticipant, {"visit", "visit", "Code from the study document", true},
         {"date", "date", "Planned day", true}, mode}},
       {"record", "phase/RecordVisit", "Record that a visit took place",
        "reprise visit record LYS-0042 PRE_RETURN 2025-09-20 --mode VIDEO --measure WORK_TIME",
        {kParticipant, {"visit", "visit", "Code from the study document", true},
         {"date", "date", "Day on which it took place", true}, mode,
         {"--planned", "visit_id", "UUID of the planned visit"},
         {"--measure", "measures", "WORK_TIME, JOB_ADAPTATION or NONE"}}},
       {"close", "phase/CloseVisit", "Record that a planned visit was missed, cancelled or moved",
        "reprise visit close LYS-0042 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b rescheduled --to 2025-09-27",
        {kParticipant, {"visit", "visit_id", "UUID", true},
         {"state", "state", "missed, cancelled or rescheduled", true},
         {"--to", "new_date", "New day"}}},
       {"list", "phase/ListVisits", "List visits: recorded, and foreseen ones that nobody planned",
        "reprise visit list --site LYS --until 2026-11-30 --state planned,expected",
        {{"--site", "site_id", "Code or UUID; left out: all in sight", false, Names::kSite},
         {"--from", "from_date", "First day"},
         {"--until", "until_date", "Last day"},
         {"--state", "states", "planned, done, missed, cancelled, rescheduled or expected; several: by commas"}},
        {"participant_code", "visit", "state", "date", "window_start_date", "target_date", "window_end_date",
         "in_window", "visit_id"}}});
}

void AddCohortVerbs(Cli& cli) {
  const Argument as_of{"--as-of", "as_of_time", "Only what was recorded until then; left out: now"};
  const Argument factor{"--factor", "factors", "NAME=VALUE, once each"};
  AddFieldVerbs(
      cli, AddGroup(cli, "cohort", "Allocation, counts and progression of a stage"),
      {{"open-list", "cohort/CreateAllocationList", "Make the randomisation list of a stage",
        "reprise cohort open-list PILOT", {kStage}},
       {"verify-list", "cohort/VerifyAllocationList", "Draw a list again and compare every allocation",
        "reprise cohort verify-list PILOT", {kStage}},
       {"allocate", "cohort/AllocateParticipant", "Allocate an enrolled participant to an arm",
        "reprise cohort allocate LYS-0042 --factor age_band=18-44", {kParticipant, factor}},
       {"allocation", "cohort/GetAllocation", "Show the allocation of a participant",
        "reprise cohort allocation LYS-0042", {kParticipant}},
       {"stratum", "cohort/CorrectStratum", "Record what a stratum should have been; the allocation stands",
        "reprise cohort stratum LYS-0042 --factor age_band=45-55 --reason \"birth year misread\"",
        {kParticipant, factor, kReason}},
       {"count", "cohort/CountFlow", "Count the flow of a stage",
        "reprise cohort count PILOT --as-of 2025-12-31", {kStage, as_of}},
       {"board", "cohort/GetProgressionBoard", "Judge a stage by its progression rules",
        "reprise cohort board PILOT", {kStage, as_of}}});
}

void AddCourseOfParticipantVerbs(Cli& cli, CLI::App* group) {
  AddFieldVerbs(
      cli, group,
      {{"show", "enrolment/GetParticipation", "Show the course of a participation",
        "reprise participant show LYS-0042", {kParticipant}},
       {"notes", "enrolment/ListParticipantNotes", "Show the notes about a participant; the reading is recorded",
        "reprise participant notes LYS-0042", {kParticipant},
        {"made_time", "written_by_name", "text"}},
       {"physicians", "enrolment/ListAssignedPhysicians", "List the occupational physicians who see her now",
        "reprise participant physicians LYS-0042", {kParticipant}},
       {"identity", "enrolment/GetIdentity", "Show who she is; the reading is recorded",
        "reprise participant identity LYS-0042", {kParticipant}},
       {"status", "enrolment/RecordLifecycleEvent", "Record a change of status",
        "reprise participant status LYS-0042 lost --on 2025-11-03",
        {kParticipant,
         {"kind", "kind", "screen_failed, completed, lost, found or deceased", true},
         {"--on", "event_date", "When it happened", true},
         {"--reason", "reason", "Short, without identity"}}}});
}

void AddOccasionVerbs(Cli& cli, CLI::App* group) {
  AddFieldVerbs(
      cli, group,
      {{"due", "questionnaire/ListOccasions", "List scheduled questionnaires by target date",
        "reprise questionnaire due --site LYS --from 2026-11-01 --until 2026-11-30",
        {{"--site", "site_id", "Code or UUID; left out: all in sight", false, Names::kSite},
         {"--from", "from_date", "First day"},
         {"--until", "until_date", "Last day"}},
        {"participant_id", "instrument_id", "timepoint", "state", "respondent", "window_open_date", "target_date",
         "window_close_date"}},
       {"completeness", "questionnaire/CountCompleteness", "Count the questionnaires of a stage by timepoint",
        "reprise questionnaire completeness PILOT --as-of 2025-12-31",
        {kStage,
         {"--as-of", "as_of_time", "Only what was recorded until then; left out: now"},
         {"--site", "site_id", "Code or UUID; left out: all in sight", false, Names::kSite}},
        {"timepoint", "instrument_id", "respondent", "participants", "in_window", "out_of_window", "open", "missed",
         "cancelled", "later", "anchor_unknown"}},
       {"draft", "questionnaire/GetDraft", "Show answers that are saved but not submitted",
        "reprise questionnaire draft 0a4a5d1c-7b11-4e0e-9d0b-6f0c2c1e5a6b",
        {{"instance", "instance_id", "UUID", true}}}});
}

}  // namespace reprise::cli
