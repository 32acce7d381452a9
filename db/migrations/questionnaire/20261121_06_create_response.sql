-- Why: what participants answer must be stored as it was given, never overwritten, and be readable
--      with plain SQL in twenty years.
-- What: published instruments, instances, versioned responses with one text a position
--       (docs/decisions/2026-11-21-answers-storage.md), and views that join codes back.
-- Rollback: none; forward only.

CREATE SCHEMA questionnaire;
GRANT USAGE ON SCHEMA questionnaire TO
  reprise_questionnaire, reprise_phase, reprise_cohort, reprise_extract, reprise_quality;

CREATE TABLE questionnaire.instrument_version (
  instrument_version_id uuid        NOT NULL,
  instrument_id         text        NOT NULL,
  version               text        NOT NULL,
  document              text        NOT NULL,
  document_sha256       bytea       NOT NULL,
  publish_time          timestamptz NOT NULL,
  CONSTRAINT instrument_version_pkey PRIMARY KEY (instrument_version_id),
  CONSTRAINT instrument_version_key UNIQUE (instrument_id, version),
  CONSTRAINT instrument_version_sha256_check CHECK (octet_length(document_sha256) = 32)
);
COMMENT ON TABLE questionnaire.instrument_version IS 'A questionnaire as published; never changes.';
COMMENT ON COLUMN questionnaire.instrument_version.document IS 'YAML or JSON, byte for byte (docs/instruments.md).';

CREATE TABLE questionnaire.item (
  instrument_version_id uuid NOT NULL,
  position              int  NOT NULL,
  item_code             text NOT NULL,
  item_type             text NOT NULL,
  CONSTRAINT item_pkey PRIMARY KEY (instrument_version_id, position),
  CONSTRAINT item_code_key UNIQUE (instrument_version_id, item_code),
  CONSTRAINT item_instrument_version_fkey FOREIGN KEY (instrument_version_id)
    REFERENCES questionnaire.instrument_version,
  CONSTRAINT item_position_check CHECK (position >= 1)
);
COMMENT ON TABLE questionnaire.item IS 'Which item stands at which place of response.answers.';

CREATE TABLE questionnaire.instance (
  instance_id           uuid        NOT NULL,
  participant_id        uuid        NOT NULL,
  instrument_version_id uuid        NOT NULL,
  timepoint             text        NOT NULL,
  open_time             timestamptz NOT NULL,
  CONSTRAINT instance_pkey PRIMARY KEY (instance_id),
  CONSTRAINT instance_occasion_key UNIQUE (participant_id, instrument_version_id, timepoint),
  CONSTRAINT instance_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant,
  CONSTRAINT instance_instrument_version_fkey FOREIGN KEY (instrument_version_id)
    REFERENCES questionnaire.instrument_version,
  CONSTRAINT instance_timepoint_check CHECK (timepoint ~ '^[A-Za-z0-9+_.-]{1,40}$')
);
COMMENT ON TABLE questionnaire.instance IS
  'A questionnaire that a participant is to answer once. Its state follows from its responses.';
CREATE INDEX instance_instrument_version_index ON questionnaire.instance (instrument_version_id, instance_id);

CREATE TABLE questionnaire.response (
  instance_id   uuid        NOT NULL,
  version       bigint      NOT NULL,
  answers       text[]      NOT NULL,
  missing       text        NOT NULL,
  submit_time   timestamptz NOT NULL,
  submitted_by  uuid        NOT NULL,
  change_reason text,
  CONSTRAINT response_pkey PRIMARY KEY (instance_id, version),
  CONSTRAINT response_instance_fkey FOREIGN KEY (instance_id) REFERENCES questionnaire.instance,
  CONSTRAINT response_missing_check CHECK (missing ~ '^[.RXBN]*$' AND length(missing) = cardinality(answers)),
  CONSTRAINT response_reason_check CHECK ((version = 1) = (change_reason IS NULL))
);
COMMENT ON TABLE questionnaire.response IS 'Answers as given; a correction is a further version. Insert only.';
COMMENT ON COLUMN questionnaire.response.answers IS
  'One raw code, number or text for each questionnaire.item by position; null where there is none.';
COMMENT ON COLUMN questionnaire.response.missing IS
  'One letter a position: . answered, R refused, X not applicable, B not asked because of branching, '
  'N not answered.';

-- Whoever sees the participant sees her questionnaires.
ALTER TABLE questionnaire.instance ENABLE ROW LEVEL SECURITY;
ALTER TABLE questionnaire.instance FORCE ROW LEVEL SECURITY;
CREATE POLICY instance_scope ON questionnaire.instance
  USING (EXISTS (SELECT FROM enrolment.published_participant AS p
                  WHERE p.participant_id = instance.participant_id));
ALTER TABLE questionnaire.response ENABLE ROW LEVEL SECURITY;
ALTER TABLE questionnaire.response FORCE ROW LEVEL SECURITY;
CREATE POLICY response_scope ON questionnaire.response
  USING (EXISTS (SELECT FROM questionnaire.instance AS i
                  WHERE i.instance_id = response.instance_id));

-- The policies of the owner's tables look at enrolment with the reader's rights.
GRANT USAGE ON SCHEMA questionnaire, enrolment TO reprise_owner;

GRANT SELECT, INSERT ON questionnaire.instrument_version, questionnaire.item,
  questionnaire.instance, questionnaire.response TO reprise_questionnaire;

CREATE VIEW questionnaire.published_response AS
  SELECT DISTINCT ON (r.instance_id)
         r.instance_id, i.participant_id, i.instrument_version_id, i.timepoint, i.open_time,
         r.version, r.answers, r.missing, r.submit_time
    FROM questionnaire.response AS r
    JOIN questionnaire.instance AS i USING (instance_id)
   ORDER BY r.instance_id, r.version DESC;
COMMENT ON VIEW questionnaire.published_response IS 'Latest version of each response, answers by position.';

CREATE VIEW questionnaire.published_answer AS
  SELECT r.instance_id, r.participant_id, r.instrument_version_id, r.timepoint, r.version,
         r.submit_time, t.item_code, t.item_type, t.position,
         r.answers[t.position] AS answer,
         CASE substr(r.missing, t.position, 1)
           WHEN 'R' THEN 'refused'
           WHEN 'X' THEN 'not applicable'
           WHEN 'B' THEN 'not asked'
           WHEN 'N' THEN 'not answered'
         END AS missing
    FROM questionnaire.published_response AS r
    JOIN questionnaire.item AS t USING (instrument_version_id);
COMMENT ON VIEW questionnaire.published_answer IS 'One row an item, for people who read SQL.';

GRANT SELECT ON questionnaire.published_response, questionnaire.published_answer,
  questionnaire.item TO reprise_extract, reprise_cohort, reprise_quality;

INSERT INTO access.role_permission (role, permission) VALUES
  ('administrator', 'instrument.publish'), ('administrator', 'instrument.list'),
  ('study_manager', 'instrument.publish'), ('study_manager', 'instrument.list'),
  ('data_manager', 'instrument.list'), ('data_manager', 'instance.list'),
  ('data_manager', 'response.read'), ('data_manager', 'response.correct'),
  ('coordinator', 'instrument.list'), ('coordinator', 'instance.open'), ('coordinator', 'instance.list'),
  ('coordinator', 'response.submit'), ('coordinator', 'response.correct'), ('coordinator', 'response.read'),
  ('participant', 'instrument.list'), ('participant', 'instance.list'), ('participant', 'response.submit'),
  ('participant', 'response.read'), ('researcher', 'instrument.list');
