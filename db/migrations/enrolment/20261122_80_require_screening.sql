-- Why: nobody takes part in the trial without having been screened and having consented; the method that
--      made participants otherwise is gone.
-- What: what a consent knows is required of every participant; the permission to register goes.
--       Stops with the number of participants who were registered so, if there are any: who runs a house with
--       them must decide what they are.
-- Rollback: none; forward only.

DO $$
DECLARE
  unscreened bigint;
BEGIN
  PERFORM set_config('app.scope', '*', true);  -- whoever owns the table sees all of it
  SELECT count(*) INTO unscreened FROM enrolment.participant WHERE screening_id IS NULL;
  IF unscreened > 0 THEN
    RAISE EXCEPTION '% participants were registered without screening or consent', unscreened;
  END IF;
  PERFORM set_config('app.scope', '', true);
END
$$;

ALTER TABLE enrolment.participant
  ALTER COLUMN screening_id SET NOT NULL,
  ALTER COLUMN stage SET NOT NULL,
  ALTER COLUMN consent_date SET NOT NULL,
  ALTER COLUMN protocol_version SET NOT NULL,
  ALTER COLUMN age_at_consent SET NOT NULL;

DELETE FROM access.role_permission WHERE permission = 'participant.register';
