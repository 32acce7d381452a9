-- Why: who sees whom was asked by a nested look-up for every row about a participant, which took most of
--      the time of bulk reads and a third of a submission's.
-- What: the rule as one expression over participant, study and site; lifecycle events carry the place, and a
--       foreign key keeps it the participant's own (docs/decisions/2026-11-22-rows-carry-their-place.md).
-- Rollback: none; forward only.

-- The one rule of who sees whom, for rows that carry the participant's place. Everything about participants
-- is guarded by it, or by the visibility of the row above that is. It is no SQL function, because those are
-- copied into each policy and set up again for each statement, needed or not.
CREATE FUNCTION enrolment.in_sight(participant_id uuid, study_id uuid, site_id uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE COST 10
  AS $$ BEGIN
    RETURN coalesce(platform.in_scope(study_id, site_id)
      OR participant_id = platform.own_participant()
      OR (platform.in_assigned_scope(study_id, site_id) AND enrolment.is_assigned(participant_id)), false);
  END $$;

ALTER POLICY participant_scope ON enrolment.participant
  USING (study_id = (SELECT platform.whole_study()) OR platform.in_listed_site(study_id, site_id)
         OR enrolment.in_sight(participant_id, study_id, site_id));
ALTER POLICY screening_scope ON enrolment.screening
  USING (study_id = (SELECT platform.whole_study()) OR platform.in_scope(study_id, site_id));

-- What the foreign keys of carried places refer to.
ALTER TABLE enrolment.participant ADD CONSTRAINT participant_place_key UNIQUE (participant_id, study_id, site_id);

-- A row that comes without a place gets its participant's; whether the writer sees her is decided after
-- that, by the policy. So it looks with a scope of its own.
CREATE FUNCTION enrolment.carry_place() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = enrolment, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
  BEGIN
    PERFORM set_config('app.scope', '*', true);
    SELECT p.study_id, p.site_id INTO NEW.study_id, NEW.site_id
      FROM enrolment.participant AS p
     WHERE p.participant_id = NEW.participant_id;
    PERFORM set_config('app.scope', scope, true);
    RETURN NEW;
  END $$;
COMMENT ON FUNCTION enrolment.carry_place IS 'For inserts into tables with participant_id, study_id and site_id.';
REVOKE ALL ON FUNCTION enrolment.carry_place FROM PUBLIC;

-- The tables have forced row security, also for their owner.
SELECT set_config('app.scope', '*', true);
ALTER TABLE enrolment.event
  ADD COLUMN study_id uuid,
  ADD COLUMN site_id  uuid;
UPDATE enrolment.event AS e
   SET study_id = p.study_id, site_id = p.site_id
  FROM enrolment.participant AS p
 WHERE p.participant_id = e.participant_id;
ALTER TABLE enrolment.event
  ALTER COLUMN study_id SET NOT NULL,
  ALTER COLUMN site_id  SET NOT NULL,
  DROP CONSTRAINT event_participant_fkey,
  ADD CONSTRAINT event_participant_fkey FOREIGN KEY (participant_id, study_id, site_id)
    REFERENCES enrolment.participant (participant_id, study_id, site_id) ON UPDATE CASCADE;
COMMENT ON COLUMN enrolment.event.site_id IS 'With study_id the place of the participant, and always the same as hers.';
-- Whether anything more is asked of somebody is asked with every submission, and of few the answer is no.
CREATE INDEX event_end_index ON enrolment.event (participant_id)
  WHERE kind IN ('SCREEN_FAILED', 'DECEASED') OR withdrawal <> 'INTERVENTION';
CREATE TRIGGER event_carry_place BEFORE INSERT ON enrolment.event
  FOR EACH ROW WHEN (NEW.study_id IS NULL) EXECUTE FUNCTION enrolment.carry_place();
DROP POLICY event_scope ON enrolment.event;
CREATE POLICY event_read ON enrolment.event FOR SELECT
  USING (study_id = (SELECT platform.whole_study()) OR platform.in_listed_site(study_id, site_id)
         OR enrolment.in_sight(participant_id, study_id, site_id));
CREATE POLICY event_add ON enrolment.event FOR INSERT
  WITH CHECK (platform.in_listed_site(study_id, site_id) OR enrolment.in_sight(participant_id, study_id, site_id));
