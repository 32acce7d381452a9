-- Why: the current answers of one participant were looked for in everybody's, because a choice of the newest by instance
--      alone keeps PostgreSQL from looking for her first.
-- What: the newest version is the one that none follows; the same rows come out.
-- Rollback: none; forward only.

CREATE OR REPLACE VIEW questionnaire.published_response AS
  SELECT r.instance_id, i.participant_id, i.instrument_version_id, i.timepoint, i.open_time,
         r.version, r.answers, r.missing, r.submit_time, r.answered_date
    FROM questionnaire.response AS r
    JOIN questionnaire.instance AS i USING (instance_id)
   WHERE NOT EXISTS (SELECT FROM questionnaire.response AS later
                      WHERE later.instance_id = r.instance_id AND later.version > r.version);
