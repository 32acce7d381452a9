-- Why: participants answer from home; a password is more than a tired person should have to keep.
-- What: personal links that open once, and the right to give them.
-- Rollback: none; forward only.

CREATE TABLE access.participant_link (
  link_id        uuid        NOT NULL,
  participant_id uuid        NOT NULL,
  study_id       uuid        NOT NULL,
  site_id        uuid        NOT NULL,
  user_id        uuid        NOT NULL,
  token_hash     bytea       NOT NULL,
  code_hash      bytea       NOT NULL,
  instance_id    uuid,
  made_by        uuid        NOT NULL,
  made_time      timestamptz NOT NULL,
  until_time     timestamptz NOT NULL,
  redeem_time    timestamptz,
  session_id     uuid,
  revoke_time    timestamptz,
  CONSTRAINT participant_link_pkey PRIMARY KEY (link_id),
  CONSTRAINT participant_link_token_key UNIQUE (token_hash),
  CONSTRAINT participant_link_code_key UNIQUE (code_hash),
  CONSTRAINT participant_link_user_fkey FOREIGN KEY (user_id) REFERENCES access.account,
  CONSTRAINT participant_link_session_fkey FOREIGN KEY (session_id) REFERENCES access.session,
  CONSTRAINT participant_link_period_check CHECK (until_time > made_time),
  CONSTRAINT participant_link_redeem_check CHECK ((redeem_time IS NULL) = (session_id IS NULL)),
  CONSTRAINT participant_link_hash_check
    CHECK (octet_length(token_hash) = 32 AND octet_length(code_hash) = 32)
);
COMMENT ON TABLE access.participant_link IS
  'Links and short codes given to participants, each good for one session; no foreign key across services.';
COMMENT ON COLUMN access.participant_link.token_hash IS
  'HMAC-SHA-256 of the token under a key outside the database; code_hash likewise of the short code.';
COMMENT ON COLUMN access.participant_link.instance_id IS 'Questionnaire to land on; a hint, not a right.';
CREATE INDEX participant_link_participant_index ON access.participant_link (participant_id, made_time);
CREATE INDEX participant_link_user_index ON access.participant_link (user_id);
CREATE INDEX participant_link_session_index ON access.participant_link (session_id);
CREATE INDEX account_participant_index ON access.account (participant_id) WHERE participant_id IS NOT NULL;

-- Who may be given a link is who may be seen: the view answers with the caller's own reach.
GRANT USAGE ON SCHEMA enrolment TO reprise_access;
GRANT SELECT ON enrolment.published_participation TO reprise_access;

-- Whoever opens a link has no reach yet, so the function looks with one of its own; it says only yes or no.
CREATE FUNCTION access.is_reachable(whom uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = access, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
    reachable boolean;
  BEGIN
    PERFORM set_config('app.scope', '*', true);
    SELECT p.withdrawal_date IS NULL AND p.death_date IS NULL INTO reachable
      FROM enrolment.published_participation AS p
     WHERE p.participant_id = whom;
    PERFORM set_config('app.scope', scope, true);
    RETURN coalesce(reachable, false);
  END $$;
REVOKE ALL ON FUNCTION access.is_reachable FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.is_reachable TO reprise_access;

GRANT SELECT, INSERT ON access.participant_link TO reprise_access;
GRANT UPDATE (redeem_time, session_id, revoke_time) ON access.participant_link TO reprise_access;

INSERT INTO access.role_permission (role, permission) VALUES ('coordinator', 'participant.link');
