-- Why: a response was seen by a look-up of its instance, of her participant and of the caller's scope, for
--      every row read or written (enrolment/20261122_71_carry_place.sql).
-- What: instances, responses and drafts carry participant, study and site, and foreign keys keep them true.
-- Rollback: none; forward only.

-- The tables have forced row security, also for their owner.
SELECT set_config('app.scope', '*', true);

ALTER TABLE questionnaire.instance
  ADD COLUMN study_id uuid,
  ADD COLUMN site_id  uuid;
UPDATE questionnaire.instance AS i
   SET study_id = p.study_id, site_id = p.site_id
  FROM enrolment.published_participant AS p
 WHERE p.participant_id = i.participant_id;
ALTER TABLE questionnaire.instance
  ALTER COLUMN study_id SET NOT NULL,
  ALTER COLUMN site_id  SET NOT NULL,
  ADD CONSTRAINT instance_place_key UNIQUE (instance_id, participant_id, study_id, site_id),
  DROP CONSTRAINT instance_participant_fkey,
  ADD CONSTRAINT instance_participant_fkey FOREIGN KEY (participant_id, study_id, site_id)
    REFERENCES enrolment.participant (participant_id, study_id, site_id) ON UPDATE CASCADE;
COMMENT ON COLUMN questionnaire.instance.site_id IS
  'With study_id the place of the participant, and always the same as hers.';

ALTER TABLE questionnaire.response
  ADD COLUMN participant_id uuid,
  ADD COLUMN study_id       uuid,
  ADD COLUMN site_id        uuid;
ALTER TABLE questionnaire.draft
  ADD COLUMN participant_id uuid,
  ADD COLUMN study_id       uuid,
  ADD COLUMN site_id        uuid;
UPDATE questionnaire.response AS r
   SET participant_id = i.participant_id, study_id = i.study_id, site_id = i.site_id
  FROM questionnaire.instance AS i
 WHERE i.instance_id = r.instance_id;
UPDATE questionnaire.draft AS d
   SET participant_id = i.participant_id, study_id = i.study_id, site_id = i.site_id
  FROM questionnaire.instance AS i
 WHERE i.instance_id = d.instance_id;
ALTER TABLE questionnaire.response
  ALTER COLUMN participant_id SET NOT NULL,
  ALTER COLUMN study_id SET NOT NULL,
  ALTER COLUMN site_id  SET NOT NULL,
  DROP CONSTRAINT response_instance_fkey,
  ADD CONSTRAINT response_instance_fkey FOREIGN KEY (instance_id, participant_id, study_id, site_id)
    REFERENCES questionnaire.instance (instance_id, participant_id, study_id, site_id) ON UPDATE CASCADE;
ALTER TABLE questionnaire.draft
  ALTER COLUMN participant_id SET NOT NULL,
  ALTER COLUMN study_id SET NOT NULL,
  ALTER COLUMN site_id  SET NOT NULL,
  DROP CONSTRAINT draft_instance_fkey,
  ADD CONSTRAINT draft_instance_fkey FOREIGN KEY (instance_id, participant_id, study_id, site_id)
    REFERENCES questionnaire.instance (instance_id, participant_id, study_id, site_id) ON UPDATE CASCADE;
COMMENT ON COLUMN questionnaire.response.participant_id IS
  'With study_id and site_id a copy from the instance, which the foreign key keeps equal.';
COMMENT ON COLUMN questionnaire.draft.participant_id IS
  'With study_id and site_id a copy from the instance, which the foreign key keeps equal.';

-- A row that comes without a place gets its instance's; whether the writer sees it is decided after that,
-- by the policy. So it looks with a scope of its own.
CREATE FUNCTION questionnaire.carry_place() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = questionnaire, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
  BEGIN
    PERFORM set_config('app.scope', '*', true);
    SELECT i.participant_id, i.study_id, i.site_id INTO NEW.participant_id, NEW.study_id, NEW.site_id
      FROM questionnaire.instance AS i
     WHERE i.instance_id = NEW.instance_id;
    PERFORM set_config('app.scope', scope, true);
    RETURN NEW;
  END $$;
COMMENT ON FUNCTION questionnaire.carry_place IS 'For inserts into tables below questionnaire.instance.';
REVOKE ALL ON FUNCTION questionnaire.carry_place FROM PUBLIC;

CREATE TRIGGER instance_carry_place BEFORE INSERT ON questionnaire.instance
  FOR EACH ROW WHEN (NEW.study_id IS NULL) EXECUTE FUNCTION enrolment.carry_place();
CREATE TRIGGER response_carry_place BEFORE INSERT ON questionnaire.response
  FOR EACH ROW WHEN (NEW.study_id IS NULL) EXECUTE FUNCTION questionnaire.carry_place();
CREATE TRIGGER draft_carry_place BEFORE INSERT ON questionnaire.draft
  FOR EACH ROW WHEN (NEW.study_id IS NULL) EXECUTE FUNCTION questionnaire.carry_place();

DROP POLICY instance_scope ON questionnaire.instance;
CREATE POLICY instance_read ON questionnaire.instance FOR SELECT
  USING (study_id = (SELECT platform.whole_study()) OR platform.in_listed_site(study_id, site_id)
         OR enrolment.in_sight(participant_id, study_id, site_id));
CREATE POLICY instance_add ON questionnaire.instance FOR INSERT
  WITH CHECK (platform.in_listed_site(study_id, site_id) OR enrolment.in_sight(participant_id, study_id, site_id));
DROP POLICY response_scope ON questionnaire.response;
CREATE POLICY response_read ON questionnaire.response FOR SELECT
  USING (study_id = (SELECT platform.whole_study()) OR platform.in_listed_site(study_id, site_id)
         OR enrolment.in_sight(participant_id, study_id, site_id));
CREATE POLICY response_add ON questionnaire.response FOR INSERT
  WITH CHECK (platform.in_listed_site(study_id, site_id) OR enrolment.in_sight(participant_id, study_id, site_id));
ALTER POLICY draft_scope ON questionnaire.draft
  USING (platform.in_listed_site(study_id, site_id) OR enrolment.in_sight(participant_id, study_id, site_id));
