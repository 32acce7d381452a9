-- Why: an extract of 10,000 participants read all visits once for each of them (172 s of 175): a window by visit alone
--      keeps PostgreSQL from looking for one participant's visits by index.
-- What: the window of `current` is told that a visit belongs to one participant; the same rows come out.
-- Rollback: none; forward only.

CREATE OR REPLACE VIEW phase.published_visit AS
  SELECT visit_id, version, participant_id, visit, state, on_date, mode, measures, made_by, made_time,
         version = max(version) OVER (PARTITION BY participant_id, visit_id) AS current
    FROM phase.visit;
