-- Why: the rule of whom nothing more is asked stood in each statement that needs it.
-- What: one view that holds it.
-- Rollback: none; forward only.

CREATE VIEW questionnaire.participant_end AS
  SELECT participant_id, event_date, made_time
    FROM enrolment.published_event
   WHERE kind IN ('SCREEN_FAILED', 'DECEASED')
      OR withdrawal <> 'INTERVENTION';
COMMENT ON VIEW questionnaire.participant_end IS
  'From when no questionnaire is asked of a participant any more; a row for each event that says so.';
GRANT SELECT ON questionnaire.participant_end TO reprise_questionnaire;
