-- Why: data leave the platform only on request, by somebody else's decision, and what left stays known.
-- What: requests and decisions.
-- Rollback: none; forward only.

CREATE SCHEMA extract;
GRANT USAGE ON SCHEMA extract TO reprise_extract, reprise_quality;

CREATE TABLE extract.request (
  extract_id   uuid        NOT NULL,
  study_id     uuid        NOT NULL,
  stage        text        NOT NULL,
  cut_time     timestamptz NOT NULL,
  purpose      text        NOT NULL,
  sealed_key   bytea       NOT NULL,
  requested_by uuid        NOT NULL,
  CONSTRAINT request_pkey PRIMARY KEY (extract_id),
  CONSTRAINT request_study_fkey FOREIGN KEY (study_id) REFERENCES study.study
);
COMMENT ON TABLE extract.request IS 'Requested extracts; insert only.';
COMMENT ON COLUMN extract.request.cut_time IS 'Facts recorded until then are in it.';
COMMENT ON COLUMN extract.request.sealed_key IS
  'Key of the pseudonyms of this extract alone, sealed with a key that the database does not hold.';
ALTER TABLE extract.request ENABLE ROW LEVEL SECURITY;
ALTER TABLE extract.request FORCE ROW LEVEL SECURITY;
CREATE POLICY request_scope ON extract.request USING (platform.in_study(study_id));

CREATE TABLE extract.decision (
  extract_id  uuid        NOT NULL,
  approved    boolean     NOT NULL,
  reason      text        NOT NULL,
  decided_by  uuid        NOT NULL,
  decide_time timestamptz NOT NULL,
  CONSTRAINT decision_pkey PRIMARY KEY (extract_id),
  CONSTRAINT decision_request_fkey FOREIGN KEY (extract_id) REFERENCES extract.request
);
COMMENT ON TABLE extract.decision IS 'Approvals and refusals; never by the requester. Insert only.';
ALTER TABLE extract.decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE extract.decision FORCE ROW LEVEL SECURITY;
CREATE POLICY decision_scope ON extract.decision
  USING (EXISTS (SELECT FROM extract.request AS r WHERE r.extract_id = decision.extract_id));

GRANT USAGE ON SCHEMA extract TO reprise_owner;
GRANT SELECT, INSERT ON extract.request, extract.decision TO reprise_extract;

INSERT INTO access.role_permission (role, permission) VALUES
  ('researcher', 'extract.request'), ('data_manager', 'extract.request'),
  ('study_manager', 'extract.approve'), ('data_manager', 'extract.approve'),
  ('researcher', 'extract.list'), ('data_manager', 'extract.list'), ('study_manager', 'extract.list'),
  ('researcher', 'extract.download'), ('data_manager', 'extract.download');
