-- Why: whoever reads a note or a list wants to know which colleague it is by, and accounts are the access
--      service's.
-- What: the view of staff by name that the enrolment service reads.
-- Rollback: none; forward only.

CREATE VIEW access.published_staff AS
  SELECT user_id, display_name
    FROM access.account
   WHERE participant_id IS NULL;
COMMENT ON VIEW access.published_staff IS 'Members of staff as colleagues call them, those who left included.';
GRANT SELECT ON access.published_staff TO reprise_enrolment;
