-- The roles of the house, made once a cluster by whoever may (CREATEROLE); repeated runs change
-- nothing. reprise_owner owns every table; the services own nothing and get only what migrations
-- grant them. None has a password here: a local cluster trusts the operating-system user through
-- pg_ident, an external one is told by its administrator.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY[
    'reprise_owner', 'reprise_gate', 'reprise_access', 'reprise_study', 'reprise_enrolment',
    'reprise_phase', 'reprise_questionnaire', 'reprise_cohort', 'reprise_extract', 'reprise_quality']
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', role_name);
    END IF;
  END LOOP;
END
$$;
