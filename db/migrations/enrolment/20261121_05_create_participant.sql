-- Why: research data belong to somebody who is an id and a code, and who may see her is decided in
--      one place for the whole house.
-- What: participants, physicians' assignments, and the view by which every other schema asks whether
--       the caller may see a participant.
-- Rollback: none; forward only.

CREATE SCHEMA enrolment;
GRANT USAGE ON SCHEMA enrolment TO
  reprise_enrolment, reprise_phase, reprise_questionnaire, reprise_cohort, reprise_extract,
  reprise_quality;

CREATE TABLE enrolment.participant (
  participant_id uuid        NOT NULL,
  study_id       uuid        NOT NULL,
  site_id        uuid        NOT NULL,
  code           text        NOT NULL,
  made_time      timestamptz NOT NULL,
  CONSTRAINT participant_pkey PRIMARY KEY (participant_id),
  CONSTRAINT participant_code_key UNIQUE (study_id, code),
  CONSTRAINT participant_site_fkey FOREIGN KEY (study_id, site_id)
    REFERENCES study.site (study_id, site_id)
);
COMMENT ON TABLE enrolment.participant IS 'A participant as research knows her: no name, no date of birth.';
CREATE INDEX participant_site_index ON enrolment.participant (study_id, site_id);

CREATE TABLE enrolment.assignment (
  participant_id uuid        NOT NULL,
  user_id        uuid        NOT NULL,
  from_time      timestamptz NOT NULL,
  until_time     timestamptz,
  CONSTRAINT assignment_pkey PRIMARY KEY (participant_id, user_id, from_time),
  CONSTRAINT assignment_participant_fkey FOREIGN KEY (participant_id)
    REFERENCES enrolment.participant,
  CONSTRAINT assignment_period_check CHECK (until_time > from_time)
);
COMMENT ON TABLE enrolment.assignment IS
  'Which occupational physician sees which participant; ends when she changes employer.';
CREATE UNIQUE INDEX assignment_open_key ON enrolment.assignment (participant_id, user_id)
  WHERE until_time IS NULL;
CREATE INDEX assignment_user_index ON enrolment.assignment (user_id);

-- The one rule of who sees whom. Every table about participants in other schemas defers to it
-- through enrolment.published_participant.
ALTER TABLE enrolment.participant ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment.participant FORCE ROW LEVEL SECURITY;
-- A function, because a subquery in the policy would burden the plan of every statement of the house,
-- also of callers who never need it.
CREATE FUNCTION enrolment.is_assigned(participant uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE
  AS $$ BEGIN
    RETURN EXISTS (SELECT FROM enrolment.assignment AS a
                    WHERE a.participant_id = participant
                      AND a.user_id = platform.actor()
                      AND a.until_time IS NULL);
  END $$;

CREATE POLICY participant_scope ON enrolment.participant
  USING (
    platform.in_scope(study_id, site_id)
    OR participant_id = platform.own_participant()
    OR (platform.in_assigned_scope(study_id, site_id) AND enrolment.is_assigned(participant_id)));

CREATE VIEW enrolment.published_participant AS
  SELECT participant_id, study_id, site_id, code
    FROM enrolment.participant;
COMMENT ON VIEW enrolment.published_participant IS 'Participants whom the caller of the running call may see.';
GRANT SELECT ON enrolment.published_participant TO
  reprise_phase, reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;

GRANT SELECT, INSERT ON enrolment.participant, enrolment.assignment TO reprise_enrolment;
GRANT UPDATE (until_time) ON enrolment.assignment TO reprise_enrolment;

INSERT INTO access.role_permission (role, permission) VALUES
  ('coordinator', 'participant.register'), ('coordinator', 'participant.list'),
  ('coordinator', 'participant.assign'), ('study_manager', 'participant.list'),
  ('data_manager', 'participant.list'), ('researcher', 'participant.list'),
  ('occupational_physician', 'participant.list');
