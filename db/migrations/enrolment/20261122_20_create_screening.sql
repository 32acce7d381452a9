-- Why: who was looked at, who agreed and who stayed must be countable for every past instant, without
--      saying who they are; and who they are must be kept where nothing else reads it.
-- What: the screening log, consents, lifecycle events, the identity vault in a schema of its own, and
--       the views that others count from.
-- Rollback: none; forward only.

CREATE TABLE enrolment.screening (
  screening_id     uuid        NOT NULL,
  study_id         uuid        NOT NULL,
  site_id          uuid        NOT NULL,
  stage            text        NOT NULL,
  number           int         NOT NULL,
  screened_date    date        NOT NULL,
  protocol_version int         NOT NULL,
  outcome          text        NOT NULL,
  failed_criteria  text[]      NOT NULL,
  made_by          uuid        NOT NULL,
  made_time        timestamptz NOT NULL,
  CONSTRAINT screening_pkey PRIMARY KEY (screening_id),
  CONSTRAINT screening_number_key UNIQUE (study_id, site_id, number),
  CONSTRAINT screening_site_fkey FOREIGN KEY (study_id, site_id) REFERENCES study.site (study_id, site_id),
  CONSTRAINT screening_outcome_check CHECK (outcome IN ('ELIGIBLE', 'INELIGIBLE')),
  CONSTRAINT screening_criteria_check CHECK ((outcome = 'ELIGIBLE') = (cardinality(failed_criteria) = 0))
);
COMMENT ON TABLE enrolment.screening IS 'Screening attempts; no identity.';
ALTER TABLE enrolment.screening ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment.screening FORCE ROW LEVEL SECURITY;
CREATE POLICY screening_scope ON enrolment.screening USING (platform.in_scope(study_id, site_id));

CREATE TABLE enrolment.refusal (
  screening_id uuid        NOT NULL,
  reason       text        NOT NULL,
  made_by      uuid        NOT NULL,
  made_time    timestamptz NOT NULL,
  CONSTRAINT refusal_pkey PRIMARY KEY (screening_id),
  CONSTRAINT refusal_screening_fkey FOREIGN KEY (screening_id) REFERENCES enrolment.screening
);
COMMENT ON TABLE enrolment.refusal IS 'Eligible candidates who declined.';
ALTER TABLE enrolment.refusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment.refusal FORCE ROW LEVEL SECURITY;
CREATE POLICY refusal_scope ON enrolment.refusal
  USING (EXISTS (SELECT FROM enrolment.screening AS s WHERE s.screening_id = refusal.screening_id));

ALTER TABLE enrolment.participant
  ADD COLUMN screening_id     uuid,
  ADD COLUMN stage            text,
  ADD COLUMN consent_date     date,
  ADD COLUMN protocol_version int,
  ADD COLUMN age_at_consent   int,
  ADD CONSTRAINT participant_screening_key UNIQUE (screening_id),
  ADD CONSTRAINT participant_screening_fkey FOREIGN KEY (screening_id) REFERENCES enrolment.screening;
COMMENT ON COLUMN enrolment.participant.protocol_version IS
  'Version in force on the day of consent; she is judged by it.';

CREATE TABLE enrolment.consent (
  consent_id     uuid        NOT NULL,
  participant_id uuid        NOT NULL,
  form           text        NOT NULL,
  form_version   text        NOT NULL,
  signed_date    date        NOT NULL,
  mode           text        NOT NULL,
  scopes         text[]      NOT NULL,
  made_by        uuid        NOT NULL,
  made_time      timestamptz NOT NULL,
  CONSTRAINT consent_pkey PRIMARY KEY (consent_id),
  CONSTRAINT consent_form_key UNIQUE (participant_id, form, form_version),
  CONSTRAINT consent_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant,
  CONSTRAINT consent_mode_check CHECK (mode IN ('PAPER', 'ELECTRONIC'))
);
COMMENT ON TABLE enrolment.consent IS 'Signed consents; insert only.';
ALTER TABLE enrolment.consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment.consent FORCE ROW LEVEL SECURITY;
CREATE POLICY consent_scope ON enrolment.consent
  USING (EXISTS (SELECT FROM enrolment.participant AS p WHERE p.participant_id = consent.participant_id));

CREATE TABLE enrolment.event (
  participant_id uuid        NOT NULL,
  sequence       int         NOT NULL,
  kind           text        NOT NULL,
  event_date     date        NOT NULL,
  withdrawal     text,
  reason         text        NOT NULL,
  made_by        uuid        NOT NULL,
  made_time      timestamptz NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (participant_id, sequence),
  CONSTRAINT event_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant,
  CONSTRAINT event_kind_check CHECK (kind IN ('CONSENTED', 'SCREEN_FAILED', 'ENROLLED', 'COMPLETED',
    'WITHDRAWN', 'LOST', 'FOUND', 'DECEASED')),
  CONSTRAINT event_withdrawal_check CHECK ((kind = 'WITHDRAWN') = (withdrawal IS NOT NULL)
    AND withdrawal IN ('INTERVENTION', 'CONTACT', 'ALL', 'ALL_WITH_ERASURE'))
);
COMMENT ON TABLE enrolment.event IS
  'What happened in a participation, in the order of recording; insert only. Allocation and the start of '
  'follow-up are facts of other services.';
ALTER TABLE enrolment.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment.event FORCE ROW LEVEL SECURITY;
CREATE POLICY event_scope ON enrolment.event
  USING (EXISTS (SELECT FROM enrolment.participant AS p WHERE p.participant_id = event.participant_id));

-- The vault. One role reads it, the key is elsewhere.
CREATE SCHEMA enrolment_vault;
GRANT USAGE ON SCHEMA enrolment_vault TO reprise_enrolment;

CREATE TABLE enrolment_vault.person (
  person_id uuid        NOT NULL,
  study_id  uuid        NOT NULL,
  made_time timestamptz NOT NULL,
  CONSTRAINT person_pkey PRIMARY KEY (person_id)
);
COMMENT ON TABLE enrolment_vault.person IS 'Somebody as recognised over the sites of a study.';

CREATE TABLE enrolment_vault.attempt (
  screening_id uuid  NOT NULL,
  person_id    uuid  NOT NULL,
  sealed       bytea NOT NULL,
  CONSTRAINT attempt_pkey PRIMARY KEY (screening_id),
  CONSTRAINT attempt_screening_fkey FOREIGN KEY (screening_id) REFERENCES enrolment.screening,
  CONSTRAINT attempt_person_fkey FOREIGN KEY (person_id) REFERENCES enrolment_vault.person
);
COMMENT ON TABLE enrolment_vault.attempt IS
  'Whose screening it was, and who she said to be: each site reads only what it was told itself.';
COMMENT ON COLUMN enrolment_vault.attempt.sealed IS
  'Identity, sealed with the vault key and bound to person_id and screening_id; unreadable with the '
  'database alone.';
CREATE INDEX attempt_person_index ON enrolment_vault.attempt (person_id);

CREATE TABLE enrolment_vault.trace (
  study_id  uuid  NOT NULL,
  hash      bytea NOT NULL,
  person_id uuid  NOT NULL,
  CONSTRAINT trace_pkey PRIMARY KEY (study_id, hash, person_id),
  CONSTRAINT trace_person_fkey FOREIGN KEY (person_id) REFERENCES enrolment_vault.person
);
COMMENT ON TABLE enrolment_vault.trace IS
  'Keyed hashes of spellings of names with the date of birth; a shared one means the same person.';
CREATE INDEX trace_person_index ON enrolment_vault.trace (person_id);
GRANT SELECT, INSERT ON enrolment_vault.person, enrolment_vault.attempt, enrolment_vault.trace TO reprise_enrolment;
GRANT UPDATE (sealed) ON enrolment_vault.attempt TO reprise_enrolment;
GRANT DELETE ON enrolment_vault.trace TO reprise_enrolment;

-- Detection reaches over all sites of a study, whatever the caller may see; so it sets
-- the scope for itself; it says only yes or no.
CREATE FUNCTION enrolment_vault.stages_of(which_study uuid, hashes bytea[])
  RETURNS TABLE (person_id uuid, stage text, consented boolean, open boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = enrolment_vault, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
  BEGIN
    PERFORM set_config('app.scope', '*', true);
    RETURN QUERY
      SELECT DISTINCT t.person_id, s.stage, p.participant_id IS NOT NULL,
             s.outcome = 'ELIGIBLE' AND r.screening_id IS NULL AND p.participant_id IS NULL
        FROM enrolment_vault.trace AS t
        JOIN enrolment_vault.attempt AS a ON a.person_id = t.person_id
        JOIN enrolment.screening AS s ON s.screening_id = a.screening_id
        LEFT JOIN enrolment.refusal AS r ON r.screening_id = a.screening_id
        LEFT JOIN enrolment.participant AS p ON p.screening_id = a.screening_id
       WHERE t.study_id = which_study
         AND t.hash = ANY (hashes);
    PERFORM set_config('app.scope', scope, true);
  END $$;
REVOKE ALL ON FUNCTION enrolment_vault.stages_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enrolment_vault.stages_of TO reprise_enrolment;

CREATE VIEW enrolment.published_screening AS
  SELECT s.screening_id, s.study_id, s.site_id, s.stage, s.number, s.screened_date, s.protocol_version,
         s.outcome, s.failed_criteria, s.made_time, r.reason AS decline_reason, r.made_time AS decline_time
    FROM enrolment.screening AS s
    LEFT JOIN enrolment.refusal AS r USING (screening_id);
COMMENT ON VIEW enrolment.published_screening IS 'Screening attempts that the caller may see.';

CREATE VIEW enrolment.published_event AS
  SELECT participant_id, sequence, kind, event_date, withdrawal, reason, made_time
    FROM enrolment.event;
COMMENT ON VIEW enrolment.published_event IS 'Lifecycle events of participants whom the caller may see.';

CREATE VIEW enrolment.published_consent AS
  SELECT participant_id, form, form_version, signed_date, scopes, made_time
    FROM enrolment.consent;
COMMENT ON VIEW enrolment.published_consent IS 'Consents of participants whom the caller may see.';

-- One row a participant: what other services must know before they accept a fact about her.
CREATE VIEW enrolment.published_participation AS
  SELECT p.participant_id, p.study_id, p.site_id, p.code, p.stage, p.protocol_version, p.consent_date,
         p.age_at_consent, p.made_time,
         min(e.event_date) FILTER (WHERE e.kind = 'ENROLLED') AS enrolled_date,
         min(e.event_date) FILTER (WHERE e.kind = 'SCREEN_FAILED') AS screen_failed_date,
         min(e.event_date) FILTER (WHERE e.withdrawal = 'INTERVENTION') AS intervention_stop_date,
         min(e.event_date) FILTER (WHERE e.withdrawal <> 'INTERVENTION') AS withdrawal_date,
         bool_or(e.withdrawal IN ('ALL', 'ALL_WITH_ERASURE')) IS TRUE AS withdrew_all,
         bool_or(e.withdrawal = 'ALL_WITH_ERASURE') IS TRUE AS wants_erasure,
         min(e.event_date) FILTER (WHERE e.kind = 'DECEASED') AS death_date,
         min(e.event_date) FILTER (WHERE e.kind = 'COMPLETED') AS completed_date,
         coalesce(max(e.sequence) FILTER (WHERE e.kind = 'LOST'), 0)
           > coalesce(max(e.sequence) FILTER (WHERE e.kind = 'FOUND'), 0) AS lost
    FROM enrolment.participant AS p
    LEFT JOIN enrolment.event AS e USING (participant_id)
   GROUP BY p.participant_id;
COMMENT ON VIEW enrolment.published_participation IS
  'Where participations stand, of participants whom the caller may see.';

GRANT SELECT ON enrolment.published_participation TO reprise_enrolment;
GRANT SELECT ON enrolment.published_screening, enrolment.published_event, enrolment.published_consent,
  enrolment.published_participation TO
  reprise_phase, reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;

-- Changes of the protocol must not contradict what happened; numbers only, over all sites.
CREATE FUNCTION enrolment.stage_use(which_study uuid)
  RETURNS TABLE (stage text, screenings bigint, consents bigint, enrolments bigint)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = enrolment, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
  BEGIN
    PERFORM set_config('app.scope', '*', true);
    RETURN QUERY
      SELECT s.stage, count(DISTINCT s.screening_id), count(DISTINCT p.participant_id),
             count(DISTINCT e.participant_id)
        FROM enrolment.screening AS s
        LEFT JOIN enrolment.participant AS p USING (screening_id)
        LEFT JOIN enrolment.event AS e ON e.participant_id = p.participant_id AND e.kind = 'ENROLLED'
       WHERE s.study_id = which_study
       GROUP BY s.stage;
    PERFORM set_config('app.scope', scope, true);
  END $$;
REVOKE ALL ON FUNCTION enrolment.stage_use FROM PUBLIC;
GRANT USAGE ON SCHEMA enrolment TO reprise_study;
GRANT EXECUTE ON FUNCTION enrolment.stage_use TO reprise_study;

GRANT SELECT, INSERT ON enrolment.screening, enrolment.refusal, enrolment.consent, enrolment.event TO reprise_enrolment;

INSERT INTO access.role_permission (role, permission) VALUES
  ('coordinator', 'screening.record'), ('coordinator', 'identity.record'), ('coordinator', 'identity.read'),
  ('coordinator', 'screening.list'), ('coordinator', 'consent.record'), ('coordinator', 'participant.enrol'),
  ('coordinator', 'participant.withdraw'), ('coordinator', 'participant.status'),
  ('study_manager', 'screening.list'), ('data_manager', 'screening.list'), ('researcher', 'screening.list');
