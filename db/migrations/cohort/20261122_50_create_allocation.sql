-- Why: who gets the intervention is decided once, by a list that nobody who includes participants can
--      see or foresee, and every place of it is used once and in order.
-- What: lists (their seeds sealed), allocations, corrected strata, and the view that others obey.
-- Rollback: none; forward only.

CREATE SCHEMA cohort;
GRANT USAGE ON SCHEMA cohort TO
  reprise_cohort, reprise_enrolment, reprise_phase, reprise_questionnaire, reprise_extract, reprise_quality;

CREATE TABLE cohort.allocation_list (
  list_id          uuid        NOT NULL,
  study_id         uuid        NOT NULL,
  stage            text        NOT NULL,
  protocol_version int         NOT NULL,
  design           text        NOT NULL,
  sealed_seed      bytea       NOT NULL,
  seed_sha256      bytea       NOT NULL,
  made_by          uuid        NOT NULL,
  made_time        timestamptz NOT NULL,
  CONSTRAINT allocation_list_pkey PRIMARY KEY (list_id),
  CONSTRAINT allocation_list_stage_key UNIQUE (study_id, stage),
  CONSTRAINT allocation_list_sha256_check CHECK (octet_length(seed_sha256) = 32)
);
COMMENT ON COLUMN cohort.allocation_list.design IS 'Arms, factors and blocks as the list is drawn from them, JSON.';
COMMENT ON COLUMN cohort.allocation_list.sealed_seed IS 'Sealed with the allocation key, which the database does not hold.';
ALTER TABLE cohort.allocation_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE cohort.allocation_list FORCE ROW LEVEL SECURITY;
CREATE POLICY allocation_list_scope ON cohort.allocation_list USING (platform.in_study(study_id));

CREATE TABLE cohort.allocation (
  participant_id  uuid        NOT NULL,
  list_id         uuid        NOT NULL,
  stratum         text        NOT NULL,
  sequence        int         NOT NULL,
  arm             text        NOT NULL,
  factors         jsonb       NOT NULL,
  randomised_date date        NOT NULL,
  made_by         uuid        NOT NULL,
  made_time       timestamptz NOT NULL,
  CONSTRAINT allocation_pkey PRIMARY KEY (participant_id),
  CONSTRAINT allocation_place_key UNIQUE (list_id, stratum, sequence),
  CONSTRAINT allocation_list_fkey FOREIGN KEY (list_id) REFERENCES cohort.allocation_list,
  CONSTRAINT allocation_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant,
  CONSTRAINT allocation_sequence_check CHECK (sequence >= 1)
);
COMMENT ON TABLE cohort.allocation IS 'Allocations; insert only, never twice.';
ALTER TABLE cohort.allocation ENABLE ROW LEVEL SECURITY;
ALTER TABLE cohort.allocation FORCE ROW LEVEL SECURITY;
CREATE POLICY allocation_scope ON cohort.allocation
  USING (EXISTS (SELECT FROM enrolment.published_participant AS p WHERE p.participant_id = allocation.participant_id));

CREATE TABLE cohort.stratum_correction (
  participant_id uuid        NOT NULL,
  version        int         NOT NULL,
  factors        jsonb       NOT NULL,
  reason         text        NOT NULL,
  made_by        uuid        NOT NULL,
  made_time      timestamptz NOT NULL,
  CONSTRAINT stratum_correction_pkey PRIMARY KEY (participant_id, version),
  CONSTRAINT stratum_correction_allocation_fkey FOREIGN KEY (participant_id) REFERENCES cohort.allocation
);
COMMENT ON TABLE cohort.stratum_correction IS 'What strata should have been; allocations stand.';
ALTER TABLE cohort.stratum_correction ENABLE ROW LEVEL SECURITY;
ALTER TABLE cohort.stratum_correction FORCE ROW LEVEL SECURITY;
CREATE POLICY stratum_correction_scope ON cohort.stratum_correction
  USING (EXISTS (SELECT FROM cohort.allocation AS a WHERE a.participant_id = stratum_correction.participant_id));
GRANT USAGE ON SCHEMA cohort TO reprise_owner;
GRANT SELECT, INSERT ON cohort.allocation_list, cohort.allocation, cohort.stratum_correction TO reprise_cohort;

-- The next place must be found over all sites, whatever the caller may see: strata need not have the site.
CREATE FUNCTION cohort.next_sequence(which_list uuid, which_stratum text) RETURNS int
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = cohort, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
    place int;
  BEGIN
    PERFORM set_config('app.scope', '*', true);
    SELECT a.sequence INTO place
      FROM cohort.allocation AS a
     WHERE a.list_id = which_list AND a.stratum = which_stratum
     ORDER BY a.sequence DESC
     LIMIT 1;
    PERFORM set_config('app.scope', scope, true);
    RETURN coalesce(place, 0) + 1;
  END $$;
REVOKE ALL ON FUNCTION cohort.next_sequence FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cohort.next_sequence TO reprise_cohort;

CREATE VIEW cohort.published_allocation AS
  SELECT participant_id, arm, randomised_date, made_time
    FROM cohort.allocation;
COMMENT ON VIEW cohort.published_allocation IS 'Arms of participants whom the caller may see.';
GRANT SELECT ON cohort.published_allocation TO
  reprise_enrolment, reprise_phase, reprise_questionnaire, reprise_extract, reprise_quality;

-- Days from which windows count as they were known at an instant: what phase.published_anchor is for
-- now, with the consent. With the rights of its caller.
CREATE FUNCTION cohort.anchor_at(people uuid[], as_of timestamptz)
  RETURNS TABLE (participant_id uuid, anchor text, on_date date)
  LANGUAGE sql STABLE
  AS $$
  SELECT p.participant_id, 'CONSENT', p.consent_date
    FROM enrolment.published_participation AS p
   WHERE p.participant_id = ANY (people)
  UNION ALL
  (SELECT DISTINCT ON (m.participant_id, m.kind) m.participant_id,
          CASE m.kind WHEN 'ACTIVE_TREATMENT_END' THEN 'T0' ELSE 'CHEMO_START' END, m.on_date
     FROM phase.published_milestone AS m
    WHERE m.participant_id = ANY (people)
      AND m.made_time <= as_of
      AND m.kind IN ('ACTIVE_TREATMENT_END', 'CHEMOTHERAPY_START')
    ORDER BY m.participant_id, m.kind, m.version DESC)
  UNION ALL
  SELECT l.participant_id, 'LEAVE_START', min(l.start_date)
    FROM phase.published_leave AS l
   WHERE l.participant_id = ANY (people)
     AND l.made_time <= as_of
     AND (l.void_time IS NULL OR l.void_time > as_of)
     AND NOT l.part_time
   GROUP BY l.participant_id
  UNION ALL
  SELECT f.participant_id, 'RETURN', min(f.start_date)
    FROM phase.published_phase AS f
    JOIN (SELECT n.participant_id, max(n.revision) AS revision
            FROM phase.published_phase AS n
           WHERE n.participant_id = ANY (people)
             AND n.made_time <= as_of
           GROUP BY n.participant_id) AS n USING (participant_id, revision)
   WHERE f.kind = 'RETURNED'
   GROUP BY f.participant_id
  $$;

INSERT INTO access.role_permission (role, permission) VALUES
  ('data_manager', 'allocation_list.create'), ('data_manager', 'allocation_list.verify'),
  ('coordinator', 'participant.allocate'), ('coordinator', 'allocation.read'),
  ('occupational_physician', 'allocation.read'), ('data_manager', 'allocation.read'),
  ('coordinator', 'cohort.count'), ('study_manager', 'cohort.count'), ('data_manager', 'cohort.count'),
  ('researcher', 'cohort.count');
