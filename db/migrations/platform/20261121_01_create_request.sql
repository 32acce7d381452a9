-- Why: a client that lost the answer repeats its request; the repetition must find the first answer
--      and write nothing. And row level security needs one place that says what a call may see.
-- What: platform.request (replay records), the scope functions, the grants every service needs.
-- Rollback: none; forward only.

CREATE SCHEMA platform;
GRANT USAGE ON SCHEMA platform TO
  reprise_gate, reprise_access, reprise_study, reprise_enrolment, reprise_phase,
  reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;

CREATE TABLE platform.request (
  actor_id     uuid        NOT NULL,
  request_id   uuid        NOT NULL,
  method       text        NOT NULL,
  request_hash bytea       NOT NULL,
  response     bytea       NOT NULL,
  made_time    timestamptz NOT NULL,
  service      name        NOT NULL DEFAULT current_user,
  CONSTRAINT request_pkey PRIMARY KEY (actor_id, request_id),
  CONSTRAINT request_hash_check CHECK (octet_length(request_hash) = 32)
);
COMMENT ON TABLE platform.request IS
  'Answer of each writing request, so that its repetition returns it; kept for the replay window.';
COMMENT ON COLUMN platform.request.response IS 'Serialised response message of the method.';
COMMENT ON COLUMN platform.request.service IS 'Role that wrote it, and the only one that reads it.';

ALTER TABLE platform.request ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.request FORCE ROW LEVEL SECURITY;
CREATE POLICY request_own_service ON platform.request
  USING (service = current_user) WITH CHECK (service = current_user);

GRANT SELECT, INSERT ON platform.request TO
  reprise_access, reprise_study, reprise_enrolment, reprise_phase,
  reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;

-- True where the transaction's caller holds the permission of the running call for this study and
-- site. A null site asks for the whole study. The settings are made by platform/db for each
-- transaction; without them nothing is visible.
CREATE FUNCTION platform.in_scope(study_id uuid, site_id uuid) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(
    current_setting('app.scope', true) = '*'
    OR (study_id::text || '/*') = ANY (string_to_array(current_setting('app.scope', true), ','))
    OR (study_id::text || '/' || site_id::text) = ANY (string_to_array(current_setting('app.scope', true), ',')),
    false);

-- Same for a caller who sees only participants assigned to her.
CREATE FUNCTION platform.in_assigned_scope(study_id uuid, site_id uuid) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(
    (study_id::text || '/*') = ANY (string_to_array(current_setting('app.assigned_scope', true), ','))
    OR (study_id::text || '/' || site_id::text) = ANY (string_to_array(current_setting('app.assigned_scope', true), ',')),
    false);

-- True where the caller holds the permission anywhere in the study.
CREATE FUNCTION platform.in_study(study_id uuid) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(
    current_setting('app.scope', true) = '*'
    OR EXISTS (
      SELECT FROM unnest(string_to_array(
                    concat_ws(',', nullif(current_setting('app.scope', true), ''),
                                   nullif(current_setting('app.assigned_scope', true), '')), ',')) AS place
       WHERE split_part(place, '/', 1) = study_id::text),
    false);

CREATE FUNCTION platform.actor() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.actor', true), '')::uuid;

CREATE FUNCTION platform.own_participant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.own_participant', true), '')::uuid;
