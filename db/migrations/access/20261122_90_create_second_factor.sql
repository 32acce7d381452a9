-- Why: a password alone opens the records of a whole site; and a lost telephone or a forgotten password
--      must not keep a person from her work.
-- What: second factors (TOTP) with their recovery codes, passwords that must be changed, the kind of
--       device of a session, and who may reset what.
-- Rollback: none; forward only.

CREATE TABLE access.second_factor (
  factor_id uuid        NOT NULL,
  user_id   uuid        NOT NULL,
  sealed    bytea       NOT NULL,
  last_step bigint      NOT NULL DEFAULT 0,
  made_time timestamptz NOT NULL,
  on_time   timestamptz,
  off_time  timestamptz,
  CONSTRAINT second_factor_pkey PRIMARY KEY (factor_id),
  CONSTRAINT second_factor_user_fkey FOREIGN KEY (user_id) REFERENCES access.account
);
COMMENT ON TABLE access.second_factor IS
  'Started while on_time is null, on until off_time; at most one of a user is not off.';
COMMENT ON COLUMN access.second_factor.sealed IS
  'The TOTP secret, sealed with a key outside the database and bound to factor_id.';
COMMENT ON COLUMN access.second_factor.last_step IS
  'Time step (30 s since 1970) of the last code taken; no code of this step or before is taken again.';
CREATE UNIQUE INDEX second_factor_one_key ON access.second_factor (user_id) WHERE off_time IS NULL;
CREATE INDEX second_factor_user_index ON access.second_factor (user_id);

CREATE TABLE access.recovery_code (
  factor_id uuid        NOT NULL,
  code_hash bytea       NOT NULL,
  made_time timestamptz NOT NULL,
  used_time timestamptz,
  CONSTRAINT recovery_code_pkey PRIMARY KEY (factor_id, code_hash),
  CONSTRAINT recovery_code_factor_fkey FOREIGN KEY (factor_id) REFERENCES access.second_factor,
  CONSTRAINT recovery_code_hash_check CHECK (octet_length(code_hash) = 32)
);
COMMENT ON COLUMN access.recovery_code.code_hash IS
  'HMAC-SHA-256 of factor and code under a key outside the database.';

COMMENT ON COLUMN access.credential.secret IS
  'PASSWORD: an Argon2id hash. OIDC: the subject at the issuer. The other kinds have tables of their own.';
ALTER TABLE access.credential ADD COLUMN must_change boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN access.credential.must_change IS 'Set by somebody else; its sessions may only replace it.';

ALTER TABLE access.session
  ADD COLUMN client text NOT NULL DEFAULT '',
  ADD CONSTRAINT session_client_check CHECK (length(client) <= 60);
COMMENT ON COLUMN access.session.client IS 'Family of browser and system such as "Firefox, Windows".';
COMMENT ON COLUMN access.session.factors IS
  'Kinds of credential shown: {PASSWORD}, {PASSWORD,TOTP}, {PASSWORD,RECOVERY_CODE} or {LINK}.';

CREATE OR REPLACE VIEW access.published_session AS
  SELECT s.session_id, s.token_hash, s.user_id, s.expire_time, s.last_use_time, s.factors,
         a.participant_id,
         EXISTS (SELECT FROM access.credential AS c
                  WHERE c.user_id = s.user_id
                    AND c.kind = 'PASSWORD'
                    AND c.revoked_time IS NULL
                    AND c.must_change) AS password_change_required
    FROM access.session AS s
    JOIN access.account AS a USING (user_id)
   WHERE s.revoked_time IS NULL
     AND a.disabled_time IS NULL;

GRANT SELECT, INSERT ON access.second_factor, access.recovery_code TO reprise_access;
GRANT UPDATE (last_step, on_time, off_time) ON access.second_factor TO reprise_access;
GRANT UPDATE (used_time) ON access.recovery_code TO reprise_access;
GRANT DELETE ON access.recovery_code TO reprise_access;

INSERT INTO access.role_permission (role, permission) VALUES
  ('administrator', 'second_factor.reset'), ('administrator', 'user.enable'),
  ('administrator', 'password.reset'), ('administrator', 'delegation.list'),
  ('study_manager', 'delegation.list');
