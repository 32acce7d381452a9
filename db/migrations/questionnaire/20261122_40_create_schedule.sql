-- Why: which questionnaires are due follows from the protocol and from what is recorded, and moves when
--      T0 is corrected; answers that are being typed must survive a closed browser.
-- What: the schedule as a view, drafts, the day of the answer, the right to read what it follows from,
--       and two functions for participants, who see themselves but not the study around them.
-- Rollback: none; forward only.

ALTER TABLE questionnaire.response ADD COLUMN answered_date date;
COMMENT ON COLUMN questionnaire.response.answered_date IS
  'Day on which she answered, in the time zone of her site; null in rows older than the column.';

ALTER TABLE questionnaire.instance ADD COLUMN earliest_date date;
COMMENT ON COLUMN questionnaire.instance.earliest_date IS
  'First day on which it could be answered, as known when it was opened: the window''s, or her consent; '
  'null where neither is known. A cheap first look; the schedule has the last word.';

CREATE TABLE questionnaire.draft (
  instance_id uuid        NOT NULL,
  item_code   text        NOT NULL,
  answer      text,
  missing     text        NOT NULL,
  save_time   timestamptz NOT NULL,
  saved_by    uuid        NOT NULL,
  CONSTRAINT draft_pkey PRIMARY KEY (instance_id, item_code),
  CONSTRAINT draft_instance_fkey FOREIGN KEY (instance_id) REFERENCES questionnaire.instance,
  CONSTRAINT draft_missing_check CHECK (missing IN ('.', 'R', 'X', 'N'))
);
COMMENT ON TABLE questionnaire.draft IS
  'Answers saved before they are submitted; not data of the study, replaced by the next saving and '
  'deleted with the submission.';
ALTER TABLE questionnaire.draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE questionnaire.draft FORCE ROW LEVEL SECURITY;
CREATE POLICY draft_scope ON questionnaire.draft
  USING (EXISTS (SELECT FROM questionnaire.instance AS i WHERE i.instance_id = draft.instance_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON questionnaire.draft TO reprise_questionnaire;

-- The schedule of everybody whom the caller may see. Months are added as the calendar has them:
-- 31 October and 4 months is 28 February.
CREATE VIEW questionnaire.published_schedule AS
  SELECT p.participant_id, p.study_id, p.site_id, p.stage, q.position, q.timepoint, q.instrument_id,
         q.instrument_version, v.instrument_version_id, q.anchor, q.required, a.on_date AS anchor_date,
         (a.on_date + make_interval(months => q.offset_months, days => q.offset_days))::date AS target_date,
         (a.on_date + make_interval(months => q.offset_months, days => q.offset_days - q.before_days))::date
           AS window_open_date,
         (a.on_date + make_interval(months => q.offset_months, days => q.offset_days + q.after_days))::date
           AS window_close_date,
         p.withdrawal_date, p.death_date, p.screen_failed_date, p.enrolled_date
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
COMMENT ON VIEW questionnaire.published_schedule IS
  'Which questionnaire when, by participant; null days while the anchor is not known.';

-- For one participant whom the caller may see, herself among them: she does not see the protocol, so
-- the function looks with a scope of its own after it has asked with the caller's.
CREATE FUNCTION questionnaire.schedule_of(whose uuid) RETURNS SETOF questionnaire.published_schedule
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = questionnaire, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
  BEGIN
    IF NOT EXISTS (SELECT FROM enrolment.published_participant AS p WHERE p.participant_id = whose) THEN
      RETURN;
    END IF;
    PERFORM set_config('app.scope', '*', true);
    RETURN QUERY SELECT * FROM questionnaire.published_schedule AS s WHERE s.participant_id = whose;
    PERFORM set_config('app.scope', scope, true);
  END $$;
REVOKE ALL ON FUNCTION questionnaire.schedule_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION questionnaire.schedule_of TO reprise_questionnaire;

-- In which zone a site counts its days is no secret, but participants do not see sites.
CREATE FUNCTION questionnaire.time_zone_of(which_site uuid) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = questionnaire, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
    zone text;
  BEGIN
    PERFORM set_config('app.scope', '*', true);
    SELECT s.time_zone INTO zone FROM study.published_site AS s WHERE s.site_id = which_site;
    PERFORM set_config('app.scope', scope, true);
    RETURN zone;
  END $$;
REVOKE ALL ON FUNCTION questionnaire.time_zone_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION questionnaire.time_zone_of TO reprise_questionnaire;

CREATE VIEW questionnaire.published_instance AS
  SELECT i.instance_id, i.participant_id, i.instrument_version_id, i.timepoint, i.open_time,
         r.submit_time, r.answered_date
    FROM questionnaire.instance AS i
    LEFT JOIN questionnaire.response AS r ON r.instance_id = i.instance_id AND r.version = 1;
COMMENT ON VIEW questionnaire.published_instance IS 'Instances with their first submission.';

CREATE VIEW questionnaire.published_instrument AS
  SELECT instrument_version_id, instrument_id, version, document, publish_time
    FROM questionnaire.instrument_version;
COMMENT ON VIEW questionnaire.published_instrument IS 'Published instruments with their documents.';

GRANT SELECT ON questionnaire.published_schedule, questionnaire.published_instance TO reprise_questionnaire;
GRANT SELECT ON questionnaire.published_schedule, questionnaire.published_instance,
  questionnaire.published_instrument TO reprise_enrolment, reprise_phase, reprise_cohort, reprise_extract, reprise_quality;
GRANT USAGE ON SCHEMA questionnaire TO reprise_enrolment;
-- Corrected rows carry the day on, so the view of answers shows it.
CREATE OR REPLACE VIEW questionnaire.published_response AS
  SELECT DISTINCT ON (r.instance_id)
         r.instance_id, i.participant_id, i.instrument_version_id, i.timepoint, i.open_time,
         r.version, r.answers, r.missing, r.submit_time, r.answered_date
    FROM questionnaire.response AS r
    JOIN questionnaire.instance AS i USING (instance_id)
   ORDER BY r.instance_id, r.version DESC;
CREATE VIEW questionnaire.published_response_version AS
  SELECT r.instance_id, i.participant_id, i.instrument_version_id, i.timepoint, i.open_time,
         r.version, r.answers, r.missing, r.submit_time, r.answered_date
    FROM questionnaire.response AS r
    JOIN questionnaire.instance AS i USING (instance_id);
COMMENT ON VIEW questionnaire.published_response_version IS 'Responses in all versions, for cuts at a past instant.';
GRANT SELECT ON questionnaire.published_response_version TO reprise_extract, reprise_cohort, reprise_quality;

INSERT INTO access.role_permission (role, permission) VALUES ('study_manager', 'instance.list');
