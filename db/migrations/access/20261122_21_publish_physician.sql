-- Why: a participant is assigned only to somebody who is an occupational physician where she is followed,
--      and coordinators must find whom they may assign.
-- What: the view of physicians and their delegations that the enrolment service reads.
-- Rollback: none; forward only.

CREATE VIEW access.published_physician AS
  SELECT a.user_id, a.display_name, d.study_id, d.site_id, d.from_time, d.until_time
    FROM access.account AS a
    JOIN access.delegation AS d USING (user_id)
   WHERE d.role = 'occupational_physician'
     AND a.disabled_time IS NULL;
COMMENT ON VIEW access.published_physician IS
  'Enabled occupational physicians, one row a delegation; a null site is the whole study.';
GRANT USAGE ON SCHEMA access TO reprise_enrolment;
GRANT SELECT ON access.published_physician TO reprise_enrolment;
