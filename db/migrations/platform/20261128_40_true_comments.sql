-- Why: two comments said less than what the tables hold: failures are counted by more than login name and address, and
--      the study team answers questionnaires too, whose state follows from more than the response.
-- What: comments alone.
-- Rollback: none; forward only.

COMMENT ON COLUMN access.failed_login.origin IS
  'SHA-256 of what is slowed down: a login name from a client address, the codes of an account, or a client address.';
COMMENT ON TABLE questionnaire.instance IS
  'A questionnaire that is to be answered once, by a participant or about her by the study team. Its state follows '
  'from its response, its draft, its window and whether anything more is asked of her.';
