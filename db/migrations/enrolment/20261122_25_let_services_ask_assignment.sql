-- Why: a physician's call to any service but enrolment failed, because the policy that decides whom she
--      sees read the assignments with the rights of the service that asked.
-- What: the question is asked with the rights of the schema; it says only yes or no, about the caller.
-- Rollback: none; forward only.

CREATE OR REPLACE FUNCTION enrolment.is_assigned(participant uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = enrolment, pg_temp
  AS $$ BEGIN
    RETURN EXISTS (SELECT FROM enrolment.assignment AS a
                    WHERE a.participant_id = participant
                      AND a.user_id = platform.actor()
                      AND a.until_time IS NULL);
  END $$;
