-- Why: everything else happens in a study at a site.
-- What: studies and sites, and the view of sites that others read.
-- Rollback: none; forward only.

CREATE SCHEMA study;
GRANT USAGE ON SCHEMA study TO
  reprise_study, reprise_enrolment, reprise_phase, reprise_questionnaire, reprise_cohort,
  reprise_extract, reprise_quality;

CREATE TABLE study.study (
  study_id  uuid        NOT NULL,
  code      text        NOT NULL,
  title_fr  text,
  title_en  text,
  made_time timestamptz NOT NULL,
  CONSTRAINT study_pkey PRIMARY KEY (study_id),
  CONSTRAINT study_code_key UNIQUE (code),
  CONSTRAINT study_code_check CHECK (code ~ '^[A-Z][A-Z0-9-]{1,31}$')
);
COMMENT ON TABLE study.study IS 'A return-to-work study.';
ALTER TABLE study.study ENABLE ROW LEVEL SECURITY;
ALTER TABLE study.study FORCE ROW LEVEL SECURITY;
CREATE POLICY study_scope ON study.study USING (platform.in_study(study_id));

CREATE TABLE study.site (
  site_id   uuid        NOT NULL,
  study_id  uuid        NOT NULL,
  code      text        NOT NULL,
  name      text        NOT NULL,
  time_zone text        NOT NULL,
  made_time timestamptz NOT NULL,
  CONSTRAINT site_pkey PRIMARY KEY (site_id),
  CONSTRAINT site_code_key UNIQUE (study_id, code),
  CONSTRAINT site_place_key UNIQUE (study_id, site_id),
  CONSTRAINT site_study_fkey FOREIGN KEY (study_id) REFERENCES study.study,
  CONSTRAINT site_code_check CHECK (code ~ '^[A-Z0-9]{3,8}$')
);
COMMENT ON TABLE study.site IS 'A centre that includes and follows participants.';
COMMENT ON COLUMN study.site.time_zone IS 'IANA name; the site''s calendar days are counted in it.';
ALTER TABLE study.site ENABLE ROW LEVEL SECURITY;
ALTER TABLE study.site FORCE ROW LEVEL SECURITY;
CREATE POLICY site_scope ON study.site USING (platform.in_study(study_id));

CREATE VIEW study.published_site AS
  SELECT site_id, study_id, code, time_zone
    FROM study.site;
COMMENT ON VIEW study.published_site IS 'Sites of the studies in which the caller may act.';
GRANT SELECT ON study.published_site TO
  reprise_enrolment, reprise_phase, reprise_questionnaire, reprise_cohort, reprise_extract,
  reprise_quality;
-- A foreign key needs this right, and nothing more than this.
GRANT REFERENCES (study_id, site_id) ON study.site TO reprise_owner;

GRANT SELECT, INSERT ON study.study, study.site TO reprise_study;

INSERT INTO access.role_permission (role, permission) VALUES
  ('administrator', 'study.create'), ('administrator', 'site.create'), ('administrator', 'study.list'),
  ('study_manager', 'site.create'), ('study_manager', 'study.list'), ('data_manager', 'study.list'),
  ('coordinator', 'study.list'), ('occupational_physician', 'study.list'), ('researcher', 'study.list');
