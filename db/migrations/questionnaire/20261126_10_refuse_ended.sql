-- Why: whether anything more is asked of a participant was read before her answers were written, which let a
--      withdrawal slip in between and cost every submission a trip to the server.
-- What: a refusal that a writing statement can raise itself, named like a constraint.
-- Rollback: none; forward only.

CREATE FUNCTION questionnaire.refuse(reason text) RETURNS bigint
  LANGUAGE plpgsql VOLATILE
  AS $$ BEGIN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'check_violation', CONSTRAINT = reason;
  END $$;
COMMENT ON FUNCTION questionnaire.refuse IS
  'Fails the statement as if the named constraint were violated; its type lets it stand in place of a value.';
REVOKE ALL ON FUNCTION questionnaire.refuse FROM PUBLIC;
GRANT EXECUTE ON FUNCTION questionnaire.refuse TO reprise_questionnaire;
