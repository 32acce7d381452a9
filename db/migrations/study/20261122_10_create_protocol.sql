-- Why: the protocol is data: what a study may vary stands in one reviewed document with versions.
-- What: applied versions, and one view for each part of the document that other services obey.
-- Rollback: none; forward only.

CREATE TABLE study.protocol_version (
  study_id        uuid        NOT NULL,
  version         int         NOT NULL,
  label           text        NOT NULL,
  in_force_date   date        NOT NULL,
  document        text        NOT NULL,
  document_sha256 bytea       NOT NULL,
  content         jsonb       NOT NULL,
  post_hoc        boolean     NOT NULL,
  apply_time      timestamptz NOT NULL,
  applied_by      uuid        NOT NULL,
  change_reason   text        NOT NULL,
  CONSTRAINT protocol_version_pkey PRIMARY KEY (study_id, version),
  CONSTRAINT protocol_version_label_key UNIQUE (study_id, label),
  CONSTRAINT protocol_version_study_fkey FOREIGN KEY (study_id) REFERENCES study.study,
  CONSTRAINT protocol_version_check CHECK (version >= 1),
  CONSTRAINT protocol_version_sha256_check CHECK (octet_length(document_sha256) = 32)
);
COMMENT ON TABLE study.protocol_version IS 'The protocol as applied; insert only.';
COMMENT ON COLUMN study.protocol_version.document IS 'YAML or JSON, byte for byte.';
COMMENT ON COLUMN study.protocol_version.content IS
  'The same as JSON of reprise.study.v1.StudyDocument: names as in the proto, empty fields left out.';
COMMENT ON COLUMN study.protocol_version.in_force_date IS
  'Consents from this day on are judged by this version, until the next one.';
COMMENT ON COLUMN study.protocol_version.post_hoc IS
  'Progression rules changed after the first enrolment of their stage.';
ALTER TABLE study.protocol_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE study.protocol_version FORCE ROW LEVEL SECURITY;
CREATE POLICY protocol_version_scope ON study.protocol_version USING (platform.in_study(study_id));
GRANT SELECT, INSERT ON study.protocol_version TO reprise_study;
-- The document says how its sites are called; their codes and time zones stay.
GRANT UPDATE (name) ON study.site TO reprise_study;

-- What is in force on which days; the last version of a day wins.
CREATE VIEW study.published_protocol AS
  SELECT study_id, version, label, in_force_date,
         lead(in_force_date) OVER (PARTITION BY study_id ORDER BY version) AS until_date,
         post_hoc, apply_time, content
    FROM study.protocol_version;
COMMENT ON VIEW study.published_protocol IS
  'Versions of protocols; in force from in_force_date (inclusive) to until_date (exclusive, null: the newest).';

CREATE VIEW study.published_stage AS
  SELECT p.study_id, p.version, t.n::int AS position, t.s ->> 'code' AS stage, t.s ->> 'kind' AS kind,
         t.s ->> 'pilot_kind' AS pilot_kind, nullif(t.s ->> 'opens_on', '')::date AS opens_date,
         nullif(t.s ->> 'closes_on', '')::date AS closes_date,
         coalesce(t.s -> 'targets', '[]') AS targets, coalesce(t.s -> 'arms', '[]') AS arms,
         coalesce(t.s -> 'excludes', '[]') AS excludes, t.s -> 'allocation' AS allocation, t.s -> 'title' AS title
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'stages', '[]')) WITH ORDINALITY AS t(s, n);
COMMENT ON VIEW study.published_stage IS 'Stages by version of the protocol; lists and titles as JSON.';

CREATE VIEW study.published_opening AS
  SELECT s.study_id, s.site_id, s.code, s.time_zone,
         nullif(c.e ->> 'opens_on', '')::date AS opens_date, nullif(c.e ->> 'closes_on', '')::date AS closes_date
    FROM study.site AS s
    JOIN LATERAL (SELECT v.content FROM study.protocol_version AS v
                   WHERE v.study_id = s.study_id ORDER BY v.version DESC LIMIT 1) AS p ON true
    JOIN LATERAL jsonb_array_elements(coalesce(p.content -> 'sites', '[]')) AS c(e) ON c.e ->> 'code' = s.code;
COMMENT ON VIEW study.published_opening IS
  'When sites may consent and enrol, by the newest protocol; both days inclusive, null: not closed.';

CREATE VIEW study.published_arm AS
  SELECT p.study_id, p.version, t.n::int AS position, t.a ->> 'code' AS arm,
         (t.a ->> 'ratio')::int AS ratio, coalesce((t.a ->> 'intervention')::boolean, false) AS intervention,
         t.a -> 'title' AS title
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'arms', '[]')) WITH ORDINALITY AS t(a, n);
COMMENT ON VIEW study.published_arm IS 'Arms by version of the protocol.';

CREATE VIEW study.published_consent_form AS
  SELECT p.study_id, p.version, f.f ->> 'code' AS form, f.f ->> 'version' AS form_version,
         nullif(f.f ->> 'valid_from', '')::date AS valid_from_date,
         nullif(f.f ->> 'valid_until', '')::date AS valid_until_date,
         coalesce(f.f -> 'stages', '[]') AS stages, f.f -> 'title' AS title
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'consent_forms', '[]')) AS f(f);
COMMENT ON VIEW study.published_consent_form IS 'Consent forms by version of the protocol; no stages: all.';

CREATE VIEW study.published_criterion AS
  SELECT p.study_id, p.version, c.n::int AS position, c.c ->> 'code' AS criterion, c.c ->> 'kind' AS kind,
         coalesce((c.c ->> 'min_age')::int, 0) AS min_age, coalesce((c.c ->> 'max_age')::int, 0) AS max_age,
         coalesce(c.c -> 'stages', '[]') AS stages, c.c -> 'title' AS title
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'criteria', '[]')) WITH ORDINALITY AS c(c, n);
COMMENT ON VIEW study.published_criterion IS 'Eligibility criteria by version of the protocol; no stages: all.';

CREATE VIEW study.published_decline_reason AS
  SELECT p.study_id, p.version, r.r ->> 'code' AS reason, r.r -> 'title' AS title
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'decline_reasons', '[]')) AS r(r);
COMMENT ON VIEW study.published_decline_reason IS 'Reasons for declining by version of the protocol.';

CREATE VIEW study.published_component AS
  SELECT p.study_id, p.version, c.n::int AS position, c.c ->> 'code' AS component,
         c.c ->> 'version' AS component_version, coalesce((c.c ->> 'step')::int, 0) AS step,
         c.c ->> 'anchor' AS anchor,
         coalesce((c.c ->> 'from_months')::int, 0) AS from_months, coalesce((c.c ->> 'from_days')::int, 0) AS from_days,
         coalesce((c.c ->> 'until_months')::int, 0) AS until_months, coalesce((c.c ->> 'until_days')::int, 0) AS until_days,
         coalesce((c.c ->> 'leave_longer_than_months')::int, 0) AS leave_longer_than_months, c.c -> 'title' AS title
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'components', '[]')) WITH ORDINALITY AS c(c, n);
COMMENT ON VIEW study.published_component IS 'Components of the intervention by version of the protocol.';

CREATE VIEW study.published_visit AS
  SELECT p.study_id, p.version, v.n::int AS position, v.v ->> 'code' AS visit, v.v ->> 'anchor' AS anchor,
         coalesce((v.v ->> 'offset_months')::int, 0) AS offset_months,
         coalesce((v.v ->> 'offset_days')::int, 0) AS offset_days,
         coalesce((v.v ->> 'before_days')::int, 0) AS before_days,
         coalesce((v.v ->> 'after_days')::int, 0) AS after_days,
         coalesce(v.v ->> 'recorded_by', '') AS recorded_by, coalesce(v.v -> 'stages', '[]') AS stages, v.v -> 'title' AS title
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'visits', '[]')) WITH ORDINALITY AS v(v, n);
COMMENT ON VIEW study.published_visit IS 'Visits by version of the protocol; no stages: all.';

CREATE VIEW study.published_questionnaire AS
  SELECT p.study_id, p.version, q.n::int AS position, q.q ->> 'timepoint' AS timepoint,
         q.q ->> 'instrument' AS instrument_id, q.q ->> 'version' AS instrument_version, q.q ->> 'anchor' AS anchor,
         coalesce((q.q ->> 'offset_months')::int, 0) AS offset_months,
         coalesce((q.q ->> 'offset_days')::int, 0) AS offset_days,
         coalesce((q.q ->> 'before_days')::int, 0) AS before_days,
         coalesce((q.q ->> 'after_days')::int, 0) AS after_days,
         coalesce((q.q ->> 'required')::boolean, false) AS required, coalesce(q.q -> 'stages', '[]') AS stages
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'questionnaires', '[]')) WITH ORDINALITY AS q(q, n);
COMMENT ON VIEW study.published_questionnaire IS 'Scheduled questionnaires by version of the protocol; no stages: all.';

CREATE VIEW study.published_progression_rule AS
  SELECT p.study_id, p.version, r.n::int AS position, r.r ->> 'code' AS rule, r.r ->> 'stage' AS stage,
         r.r ->> 'metric' AS metric, coalesce(r.r ->> 'of', '') AS of_what,
         coalesce((r.r ->> 'green')::float8, 0) AS green, coalesce((r.r ->> 'red')::float8, 0) AS red,
         coalesce((r.r ->> 'lower_is_better')::boolean, false) AS lower_is_better,
         r.r ->> 'judged_on' AS judged_on, r.r -> 'title' AS title
    FROM study.protocol_version AS p,
         jsonb_array_elements(coalesce(p.content -> 'progression_rules', '[]')) WITH ORDINALITY AS r(r, n);
COMMENT ON VIEW study.published_progression_rule IS 'Progression rules by version of the protocol.';

GRANT SELECT ON study.published_protocol, study.published_stage, study.published_opening, study.published_arm,
  study.published_consent_form, study.published_criterion, study.published_decline_reason,
  study.published_component, study.published_visit, study.published_questionnaire,
  study.published_progression_rule TO
  reprise_enrolment, reprise_phase, reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;

INSERT INTO access.role_permission (role, permission) VALUES
  ('administrator', 'protocol.plan'), ('administrator', 'protocol.apply'), ('administrator', 'protocol.read'),
  ('study_manager', 'protocol.plan'), ('study_manager', 'protocol.apply'), ('study_manager', 'protocol.read'),
  ('data_manager', 'protocol.plan'), ('data_manager', 'protocol.read'),
  ('coordinator', 'protocol.read'), ('occupational_physician', 'protocol.read'),
  ('researcher', 'protocol.read');
