-- Why: participants were offered the forms that the study team fills in about them, and could read the whole
--      document of an instrument, with scores and other languages, where they need its form.
-- What: instances say who answers; what the team answers is hidden from the participant herself by row security,
--       so no call reaches it; what people call timepoints, for her as well; a permission of its own for documents.
-- Rollback: none; forward only.

-- Instances from before were opened for participants: no document could say otherwise.
ALTER TABLE questionnaire.instance
  ADD COLUMN respondent text NOT NULL DEFAULT 'PARTICIPANT',
  ADD CONSTRAINT instance_respondent_check CHECK (respondent IN ('PARTICIPANT', 'TEAM'));
COMMENT ON COLUMN questionnaire.instance.respondent IS
  'Who answers, as scheduled when it was opened: PARTICIPANT, or TEAM, which the participant herself never sees.';

-- Her own alone: whoever sees other participants sees what the team answers about them. Responses and drafts
-- are reached through their instance.
CREATE POLICY instance_respondent ON questionnaire.instance AS RESTRICTIVE
  USING (respondent = 'PARTICIPANT' OR participant_id IS DISTINCT FROM (SELECT platform.own_participant()));

CREATE OR REPLACE VIEW questionnaire.published_schedule AS
  SELECT p.participant_id, p.study_id, p.site_id, p.stage, q.position, q.timepoint, q.instrument_id,
         q.instrument_version, v.instrument_version_id, q.anchor, q.required, a.on_date AS anchor_date,
         (a.on_date + make_interval(months => q.offset_months, days => q.offset_days))::date AS target_date,
         (a.on_date + make_interval(months => q.offset_months, days => q.offset_days - q.before_days))::date
           AS window_open_date,
         (a.on_date + make_interval(months => q.offset_months, days => q.offset_days + q.after_days))::date
           AS window_close_date,
         p.withdrawal_date, p.death_date, p.screen_failed_date, p.enrolled_date, q.respondent
    FROM enrolment.published_participation AS p
    -- The anchors once a participant, not once a questionnaire.
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(f.anchor, f.on_date) AS days
        FROM phase.published_anchor AS f
       WHERE f.participant_id = p.participant_id) AS known
    JOIN study.published_questionnaire AS q
      ON q.study_id = p.study_id AND q.version = p.protocol_version
     AND (q.stages = '[]' OR q.stages ? p.stage)
    LEFT JOIN questionnaire.instrument_version AS v
      ON v.instrument_id = q.instrument_id AND v.version = q.instrument_version
    CROSS JOIN LATERAL (
      SELECT CASE q.anchor WHEN 'CONSENT' THEN p.consent_date
                           ELSE (known.days ->> q.anchor)::date END AS on_date) AS a;

CREATE OR REPLACE VIEW questionnaire.published_instance AS
  SELECT i.instance_id, i.participant_id, i.instrument_version_id, i.timepoint, i.open_time,
         r.submit_time, r.answered_date, i.respondent
    FROM questionnaire.instance AS i
    LEFT JOIN questionnaire.response AS r ON r.instance_id = i.instance_id AND r.version = 1;

-- For one participant whom the caller may see, herself among them, who does not see the study around her: so the
-- function looks with a scope of its own after it has asked with the caller's. The newest words of each timepoint.
CREATE FUNCTION questionnaire.timepoints_around(whose uuid)
  RETURNS TABLE (timepoint text, title_fr text, title_en text)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = questionnaire, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
    her_study uuid;
  BEGIN
    SELECT p.study_id INTO her_study FROM enrolment.published_participant AS p WHERE p.participant_id = whose;
    IF her_study IS NULL THEN
      RETURN;
    END IF;
    PERFORM set_config('app.scope', '*', true);
    RETURN QUERY
      SELECT DISTINCT ON (t.timepoint) t.timepoint, t.title ->> 'fr', t.title ->> 'en'
        FROM study.published_timepoint AS t
       WHERE t.study_id = her_study
       ORDER BY t.timepoint, t.version DESC;
    PERFORM set_config('app.scope', scope, true);
  END $$;
REVOKE ALL ON FUNCTION questionnaire.timepoints_around FROM PUBLIC;
GRANT EXECUTE ON FUNCTION questionnaire.timepoints_around TO reprise_questionnaire;

INSERT INTO access.role_permission (role, permission)
  SELECT role, 'instrument.document'
    FROM access.role_permission
   WHERE permission = 'instrument.list'
     AND role <> 'participant';
