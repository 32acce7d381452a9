-- Why: people log in, hold roles, and act only within delegations that have a place and a period.
-- What: users, credentials of several kinds, sessions, roles with permissions, delegations, and the
--       views by which the chassis resolves a session token.
-- Rollback: none; forward only.

CREATE SCHEMA access;
GRANT USAGE ON SCHEMA access TO reprise_access, reprise_gate;

CREATE TABLE access.account (
  user_id        uuid        NOT NULL,
  login_name     text        NOT NULL,
  display_name   text        NOT NULL,
  language       text        NOT NULL DEFAULT 'fr',
  participant_id uuid,
  disabled_time  timestamptz,
  made_time      timestamptz NOT NULL,
  version        bigint      NOT NULL DEFAULT 1,
  CONSTRAINT account_pkey PRIMARY KEY (user_id),
  CONSTRAINT account_login_key UNIQUE (login_name),
  CONSTRAINT account_login_check CHECK (login_name ~ '^[a-z0-9][a-z0-9._@-]{2,63}$'),
  CONSTRAINT account_language_check CHECK (language IN ('fr', 'en'))
);
COMMENT ON TABLE access.account IS 'A person who logs in. Staff are named; participants are not.';
COMMENT ON COLUMN access.account.participant_id IS
  'Set for participants, who then see only their own data; no foreign key across services.';

CREATE TABLE access.credential (
  credential_id uuid        NOT NULL,
  user_id       uuid        NOT NULL,
  kind          text        NOT NULL,
  secret        text        NOT NULL,
  issuer        text,
  made_time     timestamptz NOT NULL,
  revoked_time  timestamptz,
  CONSTRAINT credential_pkey PRIMARY KEY (credential_id),
  CONSTRAINT credential_user_fkey FOREIGN KEY (user_id) REFERENCES access.account,
  CONSTRAINT credential_kind_check CHECK (kind IN ('PASSWORD', 'TOTP', 'OIDC', 'LINK', 'RECOVERY_CODE'))
);
COMMENT ON COLUMN access.credential.secret IS
  'PASSWORD, LINK, RECOVERY_CODE: an Argon2id hash. OIDC: the subject at the issuer. TOTP: the sealed key.';
CREATE UNIQUE INDEX credential_one_password_key ON access.credential (user_id)
  WHERE kind = 'PASSWORD' AND revoked_time IS NULL;
CREATE INDEX credential_user_index ON access.credential (user_id);
CREATE UNIQUE INDEX credential_issuer_key ON access.credential (issuer, secret)
  WHERE kind = 'OIDC' AND revoked_time IS NULL;

CREATE TABLE access.session (
  session_id    uuid        NOT NULL,
  user_id       uuid        NOT NULL,
  token_hash    bytea       NOT NULL,
  factors       text[]      NOT NULL,
  made_time     timestamptz NOT NULL,
  expire_time   timestamptz NOT NULL,
  last_use_time timestamptz NOT NULL,
  revoked_time  timestamptz,
  CONSTRAINT session_pkey PRIMARY KEY (session_id),
  CONSTRAINT session_token_key UNIQUE (token_hash),
  CONSTRAINT session_user_fkey FOREIGN KEY (user_id) REFERENCES access.account
);
COMMENT ON COLUMN access.session.token_hash IS 'SHA-256 of the token; the token itself is nowhere.';
COMMENT ON COLUMN access.session.factors IS 'Kinds of credential shown, for example {PASSWORD,TOTP}.';
CREATE INDEX session_user_index ON access.session (user_id);

CREATE TABLE access.failed_login (
  origin    bytea       NOT NULL,
  fail_time timestamptz NOT NULL
);
COMMENT ON TABLE access.failed_login IS
  'Slows down guessing; a name that nobody has is counted alike, so that it tells nothing.';
COMMENT ON COLUMN access.failed_login.origin IS
  'SHA-256 of login name and client address, so that nobody can slow down somebody else.';
CREATE INDEX failed_login_origin_index ON access.failed_login (origin, fail_time);
CREATE INDEX failed_login_time_index ON access.failed_login (fail_time);

CREATE TABLE access.role (
  role  text NOT NULL,
  reach text NOT NULL,
  CONSTRAINT role_pkey PRIMARY KEY (role),
  CONSTRAINT role_reach_check CHECK (reach IN ('EVERYWHERE', 'DELEGATED', 'ASSIGNED', 'OWN'))
);
COMMENT ON COLUMN access.role.reach IS
  'EVERYWHERE: all studies. DELEGATED: the delegation''s study and site. ASSIGNED: only participants '
  'assigned to the user there. OWN: only the participant that the user is.';

CREATE TABLE access.role_permission (
  role       text NOT NULL,
  permission text NOT NULL,
  CONSTRAINT role_permission_pkey PRIMARY KEY (role, permission),
  CONSTRAINT role_permission_role_fkey FOREIGN KEY (role) REFERENCES access.role,
  CONSTRAINT role_permission_form_check CHECK (permission ~ '^[a-z_]+\.[a-z_]+$')
);

CREATE TABLE access.delegation (
  delegation_id uuid        NOT NULL,
  user_id       uuid        NOT NULL,
  role          text        NOT NULL,
  study_id      uuid,
  site_id       uuid,
  from_time     timestamptz NOT NULL,
  until_time    timestamptz,
  made_by       uuid,
  made_time     timestamptz NOT NULL,
  CONSTRAINT delegation_pkey PRIMARY KEY (delegation_id),
  CONSTRAINT delegation_user_fkey FOREIGN KEY (user_id) REFERENCES access.account,
  CONSTRAINT delegation_role_fkey FOREIGN KEY (role) REFERENCES access.role,
  CONSTRAINT delegation_period_check CHECK (until_time > from_time),
  CONSTRAINT delegation_site_check CHECK (site_id IS NULL OR study_id IS NOT NULL)
);
COMMENT ON TABLE access.delegation IS 'A role at a place for a period; a null site is the whole study.';
CREATE INDEX delegation_user_index ON access.delegation (user_id);

INSERT INTO access.role (role, reach) VALUES
  ('administrator', 'EVERYWHERE'),
  ('study_manager', 'DELEGATED'),
  ('data_manager', 'DELEGATED'),
  ('coordinator', 'DELEGATED'),
  ('occupational_physician', 'ASSIGNED'),
  ('researcher', 'DELEGATED'),
  ('participant', 'OWN');

CREATE VIEW access.published_session AS
  SELECT s.session_id, s.token_hash, s.user_id, s.expire_time, s.last_use_time, s.factors,
         a.participant_id
    FROM access.session AS s
    JOIN access.account AS a USING (user_id)
   WHERE s.revoked_time IS NULL
     AND a.disabled_time IS NULL;
COMMENT ON VIEW access.published_session IS 'Live sessions of enabled accounts, for the chassis.';

CREATE VIEW access.published_grant AS
  SELECT d.user_id, d.role, r.reach, p.permission, d.study_id, d.site_id, d.from_time, d.until_time
    FROM access.delegation AS d
    JOIN access.role AS r USING (role)
    JOIN access.role_permission AS p USING (role);
COMMENT ON VIEW access.published_grant IS 'Who holds which permission where and when, for the chassis.';

-- The gate reads the views and notes that a session is in use; nothing else.
GRANT SELECT ON access.published_session, access.published_grant TO reprise_gate;
CREATE FUNCTION access.touch_session(which uuid, at timestamptz) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = access, pg_temp
  AS 'UPDATE access.session SET last_use_time = greatest(last_use_time, at) WHERE session_id = which';
REVOKE ALL ON FUNCTION access.touch_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.touch_session TO reprise_gate;

GRANT SELECT ON access.role, access.role_permission TO reprise_access;
GRANT SELECT, INSERT ON access.account, access.credential, access.session, access.delegation,
  access.failed_login TO reprise_access;
GRANT UPDATE (display_name, language, disabled_time, version) ON access.account TO reprise_access;
GRANT UPDATE (revoked_time) ON access.credential, access.session TO reprise_access;
GRANT UPDATE (until_time) ON access.delegation TO reprise_access;
GRANT DELETE ON access.failed_login TO reprise_access;

INSERT INTO access.role_permission (role, permission) VALUES
  ('administrator', 'user.create'), ('administrator', 'user.list'), ('administrator', 'user.disable'),
  ('administrator', 'delegation.create'), ('administrator', 'delegation.end'),
  ('administrator', 'audit.list'), ('administrator', 'audit.prove'),
  ('study_manager', 'user.list'), ('study_manager', 'delegation.create'),
  ('study_manager', 'delegation.end'), ('study_manager', 'audit.list'), ('study_manager', 'audit.prove'),
  ('data_manager', 'audit.list'), ('data_manager', 'audit.prove');
