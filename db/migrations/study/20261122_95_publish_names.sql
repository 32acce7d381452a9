-- Why: participants read on their page which study and which site it is.
-- What: the names of sites and studies, for the questionnaire service.
-- Rollback: none; forward only.

CREATE VIEW study.published_name AS
  SELECT i.site_id, i.study_id, s.title_fr, s.title_en, i.name AS site_name
    FROM study.site AS i
    JOIN study.study AS s USING (study_id);
COMMENT ON VIEW study.published_name IS 'What people call sites and their studies; titles may be null.';
GRANT SELECT ON study.published_name TO reprise_questionnaire;
