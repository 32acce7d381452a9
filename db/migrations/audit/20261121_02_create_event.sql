-- Why: who did what, when and why must be provable for as long as the records live, also against
--      somebody with superuser rights.
-- What: append-only events with a code under a key outside the database; leaves and signed seals of
--       the Merkle tree over them.
-- Rollback: none; forward only.

CREATE SCHEMA audit;
GRANT USAGE ON SCHEMA audit TO
  reprise_access, reprise_study, reprise_enrolment, reprise_phase,
  reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;

CREATE TABLE audit.event (
  event_seq      bigint      GENERATED ALWAYS AS IDENTITY,
  event_id       uuid        NOT NULL,
  event_time     timestamptz NOT NULL,
  actor_id       uuid,
  actor_role     text,
  method         text        NOT NULL,
  request_id     uuid,
  action         text        NOT NULL,
  subject_type   text        NOT NULL,
  subject_id     text,
  study_id       uuid,
  site_id        uuid,
  participant_id uuid,
  reason         text,
  old_version    bigint,
  new_version    bigint,
  code           bytea       NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (event_seq),
  CONSTRAINT event_code_check CHECK (octet_length(code) = 32)
);
COMMENT ON TABLE audit.event IS
  'One act each; insert only. Holds ids, versions and reasons, never a personal or clinical value.';
COMMENT ON COLUMN audit.event.code IS
  'HMAC-SHA-256 of the canonical bytes under the daemon''s audit key (services/platform/audit/event.h).';
COMMENT ON COLUMN audit.event.subject_id IS 'A UUID, or a code where the subject has none.';
CREATE INDEX event_participant_index ON audit.event (participant_id, event_seq)
  WHERE participant_id IS NOT NULL;

CREATE TABLE audit.leaf (
  leaf_index bigint NOT NULL,
  event_seq  bigint NOT NULL,
  leaf_hash  bytea  NOT NULL,
  CONSTRAINT leaf_pkey PRIMARY KEY (leaf_index),
  CONSTRAINT leaf_event_key UNIQUE (event_seq),
  CONSTRAINT leaf_hash_check CHECK (octet_length(leaf_hash) = 32)
);
COMMENT ON TABLE audit.leaf IS 'Place of each sealed event in the Merkle tree (RFC 6962).';
COMMENT ON COLUMN audit.leaf.event_seq IS
  'No foreign key: a deleted event must leave its leaf behind, as the proof that it was there.';

CREATE TABLE audit.seal (
  tree_size   bigint      NOT NULL,
  root_hash   bytea       NOT NULL,
  signature   bytea       NOT NULL,
  seal_time   timestamptz NOT NULL,
  settled_seq bigint      NOT NULL,
  CONSTRAINT seal_pkey PRIMARY KEY (tree_size),
  CONSTRAINT seal_root_check CHECK (octet_length(root_hash) = 32),
  CONSTRAINT seal_signature_check CHECK (octet_length(signature) = 64)
);
COMMENT ON TABLE audit.seal IS 'Signed tree heads: Ed25519 over size, root and time.';
COMMENT ON COLUMN audit.seal.settled_seq IS
  'No transaction that was running at the seal can still add an event at or below this number.';

-- Everybody may add; who reads sees her studies and sites. Acts outside any study are the
-- administrators' to see.
ALTER TABLE audit.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.event FORCE ROW LEVEL SECURITY;
CREATE POLICY event_add ON audit.event FOR INSERT WITH CHECK (true);
CREATE POLICY event_read ON audit.event FOR SELECT
  USING (coalesce(current_setting('app.scope', true) = '*', false)
         OR platform.in_scope(study_id, site_id));

GRANT INSERT ON audit.event TO
  reprise_access, reprise_study, reprise_enrolment, reprise_phase,
  reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;
GRANT SELECT ON audit.event TO reprise_quality;
GRANT SELECT, INSERT ON audit.leaf, audit.seal TO reprise_quality;
