-- Why: the day of the first return was found by joining the phases with themselves, which takes the square of the
--      number of participants: the progression board of four thousand took more than a minute.
-- What: the newest revision of each participant is found in one pass.
-- Rollback: none; forward only.

CREATE OR REPLACE FUNCTION cohort.anchor_at(people uuid[], as_of timestamptz)
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
    FROM (SELECT n.participant_id, n.kind, n.start_date,
                 rank() OVER (PARTITION BY n.participant_id ORDER BY n.revision DESC) AS age
            FROM phase.published_phase AS n
           WHERE n.participant_id = ANY (people)
             AND n.made_time <= as_of) AS f
   WHERE f.age = 1
     AND f.kind = 'RETURNED'
   GROUP BY f.participant_id
  $$;
