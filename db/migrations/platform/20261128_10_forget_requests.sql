-- Why: the record by which a repeated call is answered stood for ever, and with it a copy of what the call answered.
-- What: each service may delete its own ones (policy request_own_service); the daemon does so after calls.replay_days.
-- Rollback: none; forward only.

GRANT DELETE ON platform.request TO
  reprise_access, reprise_study, reprise_enrolment, reprise_phase,
  reprise_questionnaire, reprise_cohort, reprise_extract, reprise_quality;
COMMENT ON TABLE platform.request IS
  'Answer of each writing request, so that its repetition returns it; deleted calls.replay_days after it was made.';
