-- Why: the way from treatment back to work is a history that is learnt late and corrected often; what
--      was known at any past instant must stay reproducible.
-- What: milestones by version, leave prescriptions, two timelines by revision, visits, deliveries,
--       and the views that others derive from.
-- Rollback: none; forward only.

-- For the constraints that forbid overlapping episodes.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE SCHEMA phase;
GRANT USAGE ON SCHEMA phase TO
  reprise_phase, reprise_enrolment, reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;

CREATE TABLE phase.milestone (
  participant_id uuid        NOT NULL,
  kind           text        NOT NULL,
  version        int         NOT NULL,
  on_date        date        NOT NULL,
  change_reason  text        NOT NULL,
  made_by        uuid        NOT NULL,
  made_time      timestamptz NOT NULL,
  CONSTRAINT milestone_pkey PRIMARY KEY (participant_id, kind, version),
  CONSTRAINT milestone_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant,
  CONSTRAINT milestone_kind_check CHECK (kind IN ('DIAGNOSIS', 'SURGERY', 'CHEMOTHERAPY_START',
    'CHEMOTHERAPY_END', 'RADIOTHERAPY_END', 'ACTIVE_TREATMENT_END')),
  CONSTRAINT milestone_version_check CHECK (version >= 1),
  CONSTRAINT milestone_reason_check CHECK ((version = 1) = (change_reason = ''))
);
COMMENT ON TABLE phase.milestone IS 'Dates of the treatment; a correction is a further version. Insert only.';

CREATE TABLE phase.leave (
  leave_id       uuid        NOT NULL,
  participant_id uuid        NOT NULL,
  issued_date    date        NOT NULL,
  start_date     date        NOT NULL,
  end_date       date        NOT NULL,
  kind           text        NOT NULL,
  cause          text        NOT NULL,
  part_time      boolean     NOT NULL,
  made_by        uuid        NOT NULL,
  made_time      timestamptz NOT NULL,
  CONSTRAINT leave_pkey PRIMARY KEY (leave_id),
  CONSTRAINT leave_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant,
  CONSTRAINT leave_period_check CHECK (end_date >= start_date),
  CONSTRAINT leave_kind_check CHECK (kind IN ('INITIAL', 'EXTENSION')),
  CONSTRAINT leave_cause_check CHECK (cause IN ('ILLNESS', 'WORK_ACCIDENT', 'OCCUPATIONAL_DISEASE', 'MATERNITY'))
);
COMMENT ON TABLE phase.leave IS 'Prescriptions of sick leave; insert only.';
CREATE INDEX leave_participant_index ON phase.leave (participant_id, start_date);

CREATE TABLE phase.leave_void (
  leave_id  uuid        NOT NULL,
  reason    text        NOT NULL,
  made_by   uuid        NOT NULL,
  made_time timestamptz NOT NULL,
  CONSTRAINT leave_void_pkey PRIMARY KEY (leave_id),
  CONSTRAINT leave_void_leave_fkey FOREIGN KEY (leave_id) REFERENCES phase.leave
);
COMMENT ON TABLE phase.leave_void IS 'Prescriptions recorded in error.';

CREATE TABLE phase.revision (
  participant_id uuid        NOT NULL,
  timeline       text        NOT NULL,
  revision       int         NOT NULL,
  reason         text        NOT NULL,
  made_by        uuid        NOT NULL,
  made_time      timestamptz NOT NULL,
  CONSTRAINT revision_pkey PRIMARY KEY (participant_id, timeline, revision),
  CONSTRAINT revision_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant,
  CONSTRAINT revision_timeline_check CHECK (timeline IN ('WORK_STATUS', 'PHASE')),
  CONSTRAINT revision_number_check CHECK (revision >= 1)
);
COMMENT ON TABLE phase.revision IS
  'Each change of a timeline writes the whole of it again as a new revision; the newest one holds. Insert only.';

CREATE TABLE phase.work_status (
  participant_id uuid NOT NULL,
  timeline       text NOT NULL DEFAULT 'WORK_STATUS',
  revision       int  NOT NULL,
  position       int  NOT NULL,
  kind           text NOT NULL,
  percent        int,
  start_date     date NOT NULL,
  end_date       date,
  CONSTRAINT work_status_pkey PRIMARY KEY (participant_id, revision, position),
  CONSTRAINT work_status_revision_fkey FOREIGN KEY (participant_id, timeline, revision)
    REFERENCES phase.revision (participant_id, timeline, revision),
  CONSTRAINT work_status_timeline_check CHECK (timeline = 'WORK_STATUS'),
  CONSTRAINT work_status_kind_check CHECK (kind IN ('SICK_LEAVE', 'THERAPEUTIC_PART_TIME', 'FULL_TIME',
    'CONTRACTUAL_PART_TIME', 'MATERNITY_LEAVE', 'UNEMPLOYED', 'RETIRED', 'INACTIVE', 'TRAINING', 'DECEASED',
    'UNKNOWN', 'PAID_LEAVE')),
  CONSTRAINT work_status_percent_check CHECK (
    CASE kind WHEN 'FULL_TIME' THEN percent = 100
              WHEN 'THERAPEUTIC_PART_TIME' THEN percent BETWEEN 1 AND 99
              WHEN 'CONTRACTUAL_PART_TIME' THEN percent BETWEEN 1 AND 100
              ELSE percent IS NULL END),
  CONSTRAINT work_status_period_check CHECK (end_date >= start_date),
  CONSTRAINT work_status_overlap_check EXCLUDE USING gist (
    participant_id WITH =, revision WITH =, daterange(start_date, end_date, '[]') WITH &&)
);
COMMENT ON TABLE phase.work_status IS 'Work situations; both days inclusive, null: going on.';

CREATE TABLE phase.phase_episode (
  participant_id uuid   NOT NULL,
  timeline       text   NOT NULL DEFAULT 'PHASE',
  revision       int    NOT NULL,
  position       int    NOT NULL,
  kind           text   NOT NULL,
  start_date     date   NOT NULL,
  end_date       date,
  trigger        text   NOT NULL,
  flags          text[] NOT NULL,
  CONSTRAINT phase_episode_pkey PRIMARY KEY (participant_id, revision, position),
  CONSTRAINT phase_episode_revision_fkey FOREIGN KEY (participant_id, timeline, revision)
    REFERENCES phase.revision (participant_id, timeline, revision),
  CONSTRAINT phase_episode_timeline_check CHECK (timeline = 'PHASE'),
  CONSTRAINT phase_episode_kind_check CHECK (kind IN ('LEAVE', 'PREPARATION', 'RETURNED')),
  CONSTRAINT phase_episode_period_check CHECK (end_date >= start_date),
  CONSTRAINT phase_episode_overlap_check EXCLUDE USING gist (
    participant_id WITH =, revision WITH =, daterange(start_date, end_date, '[]') WITH &&)
);
COMMENT ON TABLE phase.phase_episode IS 'Phases of the return; both days inclusive, null: going on.';

CREATE TABLE phase.visit (
  visit_id       uuid        NOT NULL,
  version        int         NOT NULL,
  participant_id uuid        NOT NULL,
  visit          text        NOT NULL,
  state          text        NOT NULL,
  on_date        date        NOT NULL,
  mode           text        NOT NULL,
  measures       text[]      NOT NULL,
  outcome        text        NOT NULL,
  made_by        uuid        NOT NULL,
  made_time      timestamptz NOT NULL,
  CONSTRAINT visit_pkey PRIMARY KEY (visit_id, version),
  CONSTRAINT visit_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant,
  CONSTRAINT visit_state_check CHECK (state IN ('PLANNED', 'DONE', 'MISSED', 'CANCELLED', 'RESCHEDULED')),
  CONSTRAINT visit_version_check CHECK (version BETWEEN 1 AND 2)
);
COMMENT ON TABLE phase.visit IS
  'Visits: planned is version 1, what became of it version 2; a visit that was not planned has only its outcome. Insert only.';
CREATE INDEX visit_participant_index ON phase.visit (participant_id, on_date);

CREATE TABLE phase.delivery (
  delivery_id       uuid        NOT NULL,
  participant_id    uuid        NOT NULL,
  component         text        NOT NULL,
  component_version text        NOT NULL,
  delivered_date    date        NOT NULL,
  recipient         text        NOT NULL,
  flags             text[]      NOT NULL,
  made_by           uuid        NOT NULL,
  made_time         timestamptz NOT NULL,
  CONSTRAINT delivery_pkey PRIMARY KEY (delivery_id),
  CONSTRAINT delivery_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant
);
COMMENT ON TABLE phase.delivery IS 'Components of the intervention as delivered; insert only.';
CREATE INDEX delivery_participant_index ON phase.delivery (participant_id, delivered_date);

-- Whoever sees the participant sees her course.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['milestone', 'leave', 'revision', 'work_status', 'phase_episode', 'visit', 'delivery'] LOOP
    EXECUTE format('ALTER TABLE phase.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE phase.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON phase.%I USING (EXISTS (SELECT FROM enrolment.published_participant AS p '
                   'WHERE p.participant_id = %I.participant_id))', t || '_scope', t, t);
  END LOOP;
END
$$;
ALTER TABLE phase.leave_void ENABLE ROW LEVEL SECURITY;
ALTER TABLE phase.leave_void FORCE ROW LEVEL SECURITY;
CREATE POLICY leave_void_scope ON phase.leave_void
  USING (EXISTS (SELECT FROM phase.leave AS l WHERE l.leave_id = leave_void.leave_id));
GRANT USAGE ON SCHEMA phase TO reprise_owner;

GRANT SELECT, INSERT ON phase.milestone, phase.leave, phase.leave_void, phase.revision, phase.work_status,
  phase.phase_episode, phase.visit, phase.delivery TO reprise_phase;

CREATE VIEW phase.published_milestone AS
  SELECT participant_id, kind, version, on_date, change_reason, made_time,
         version = max(version) OVER (PARTITION BY participant_id, kind) AS current
    FROM phase.milestone;
COMMENT ON VIEW phase.published_milestone IS 'Dates of the treatment in all versions.';

CREATE VIEW phase.published_leave AS
  SELECT l.leave_id, l.participant_id, l.issued_date, l.start_date, l.end_date, l.kind, l.cause, l.part_time,
         l.made_time, v.made_time AS void_time
    FROM phase.leave AS l
    LEFT JOIN phase.leave_void AS v USING (leave_id);
COMMENT ON VIEW phase.published_leave IS 'Prescriptions of leave, the voided with their time.';

CREATE VIEW phase.published_work_status AS
  SELECT w.participant_id, w.revision, w.position, w.kind, w.percent, w.start_date, w.end_date, r.made_time,
         w.revision = (SELECT max(n.revision) FROM phase.revision AS n
                        WHERE n.participant_id = w.participant_id AND n.timeline = 'WORK_STATUS') AS current
    FROM phase.work_status AS w
    JOIN phase.revision AS r USING (participant_id, timeline, revision);
COMMENT ON VIEW phase.published_work_status IS 'Work situations in all revisions.';

CREATE VIEW phase.published_phase AS
  SELECT w.participant_id, w.revision, w.position, w.kind, w.start_date, w.end_date, w.trigger, w.flags, r.made_time,
         w.revision = (SELECT max(n.revision) FROM phase.revision AS n
                        WHERE n.participant_id = w.participant_id AND n.timeline = 'PHASE') AS current
    FROM phase.phase_episode AS w
    JOIN phase.revision AS r USING (participant_id, timeline, revision);
COMMENT ON VIEW phase.published_phase IS 'Phases in all revisions.';

CREATE VIEW phase.published_visit AS
  SELECT visit_id, version, participant_id, visit, state, on_date, mode, measures, made_by, made_time,
         version = max(version) OVER (PARTITION BY visit_id) AS current
    FROM phase.visit;
COMMENT ON VIEW phase.published_visit IS 'Visits in all versions; without the words of their outcome.';

CREATE VIEW phase.published_delivery AS
  SELECT delivery_id, participant_id, component, component_version, delivered_date, recipient, flags, made_time
    FROM phase.delivery;
COMMENT ON VIEW phase.published_delivery IS 'Components as delivered.';

-- The days from which windows count, one row each that is known.
CREATE VIEW phase.published_anchor AS
  SELECT participant_id,
         CASE kind WHEN 'ACTIVE_TREATMENT_END' THEN 'T0' ELSE 'CHEMO_START' END AS anchor, on_date
    FROM phase.published_milestone
   WHERE current AND kind IN ('ACTIVE_TREATMENT_END', 'CHEMOTHERAPY_START')
  UNION ALL
  SELECT participant_id, 'LEAVE_START', min(start_date)
    FROM phase.published_leave
   WHERE void_time IS NULL AND NOT part_time
   GROUP BY participant_id
  UNION ALL
  SELECT participant_id, 'RETURN', min(start_date)
    FROM phase.published_phase
   WHERE current AND kind = 'RETURNED'
   GROUP BY participant_id;
COMMENT ON VIEW phase.published_anchor IS
  'T0, CHEMO_START, LEAVE_START (first full leave) and RETURN (first return) where known; CONSENT is in enrolment.';

GRANT SELECT ON phase.published_anchor TO reprise_phase;
GRANT SELECT ON phase.published_milestone, phase.published_leave, phase.published_work_status,
  phase.published_phase, phase.published_visit, phase.published_delivery, phase.published_anchor TO
  reprise_enrolment, reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;

INSERT INTO access.role_permission (role, permission)
  SELECT r.role, p.permission
    FROM (VALUES ('coordinator'), ('occupational_physician')) AS r (role)
   CROSS JOIN (VALUES ('leave.record'), ('work_status.record'), ('phase.record'), ('visit.record'),
                      ('delivery.record'), ('course.read')) AS p (permission);
INSERT INTO access.role_permission (role, permission) VALUES
  ('coordinator', 'milestone.record'), ('coordinator', 'timeline.correct'),
  ('data_manager', 'timeline.correct'), ('data_manager', 'course.read');
