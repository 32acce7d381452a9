-- Why: services showed codes where the study has words for them, and offered participants what the team fills in.
-- What: who answers a scheduled questionnaire, and what people call timepoints, as the documents say.
-- Rollback: none; forward only.

-- Documents older than the field do not say who answers, and mean the participant.
CREATE OR REPLACE VIEW study.published_questionnaire AS
  SELECT p.study_id, p.version, q.n::int AS position, q.q ->> 'timepoint' AS timepoint,
         q.q ->> 'instrument' AS instrument_id, q.q ->> 'version' AS instrument_version, q.q ->> 'anchor' AS anchor,
         coalesce((q.q ->> 'offset_months')::int, 0) AS offset_months,
         coalesce((q.q ->> 'offset_days')::int, 0) AS offset_days,
         coalesce((q.q ->> 'before_days')::int, 0) AS before_days,
         coalesce((q.q ->> 'after_days')::int, 0) AS after_days,
         coalesce((q.q ->> 'required')::boolean, false) AS required, coalesce(q.q -> 'stages', '[]') AS stages,
         coalesce(q.q ->> 'respondent', 'PARTICIPANT') AS respondent
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'questionnaires', '[]')) WITH ORDINALITY AS q(q, n);

CREATE VIEW study.published_timepoint AS
  SELECT p.study_id, p.version, t.t ->> 'code' AS timepoint, t.t -> 'title' AS title
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'timepoints', '[]')) AS t(t);
COMMENT ON VIEW study.published_timepoint IS 'What people call timepoints, by version of the protocol.';
GRANT SELECT ON study.published_timepoint TO reprise_questionnaire;
