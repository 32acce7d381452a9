-- Why: what others may read of a schema are its published views, but extract, cohort and quality could also read the
--      table of items. None of them does; questionnaire.published_answer reads it with its owner's rights.
-- What: takes the right back.
-- Rollback: none; forward only.

REVOKE SELECT ON questionnaire.item FROM reprise_extract, reprise_cohort, reprise_quality;
