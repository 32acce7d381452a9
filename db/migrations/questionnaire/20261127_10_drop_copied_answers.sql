-- Why: the record by which a repeated call is answered held the answers of drafts and responses once more.
-- What: drops these records; calls do not return answers any more, so new ones hold none.
-- Rollback: none; forward only.

ALTER TABLE platform.request NO FORCE ROW LEVEL SECURITY;  -- or their owner, who migrates, would see none
DELETE FROM platform.request
 WHERE method IN ('reprise.questionnaire.v1.QuestionnaireService/SaveAnswers',
                  'reprise.questionnaire.v1.QuestionnaireService/SubmitResponse',
                  'reprise.questionnaire.v1.QuestionnaireService/CorrectResponse');
ALTER TABLE platform.request FORCE ROW LEVEL SECURITY;
