-- Why: a participant fills in at home what the study schedules for her, without waiting for somebody to open
--      it, and her page says which study and which site it is; a physician who explains a questionnaire
--      reads its questions.
-- What: who may open instances and read instruments; the names around a participant, for herself as well.
-- Rollback: none; forward only.

INSERT INTO access.role_permission (role, permission) VALUES
  ('participant', 'instance.open'), ('occupational_physician', 'instrument.list');

-- She does not see the study around her, so the function looks with a scope of its own after it has
-- asked with the caller's.
CREATE FUNCTION questionnaire.names_around(whose uuid)
  RETURNS TABLE (title_fr text, title_en text, site_name text)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = questionnaire, pg_temp
  AS $$
  DECLARE
    scope CONSTANT text := coalesce(current_setting('app.scope', true), '');
    her_site uuid;
  BEGIN
    SELECT p.site_id INTO her_site FROM enrolment.published_participant AS p WHERE p.participant_id = whose;
    IF her_site IS NULL THEN
      RETURN;
    END IF;
    PERFORM set_config('app.scope', '*', true);
    RETURN QUERY SELECT n.title_fr, n.title_en, n.site_name FROM study.published_name AS n WHERE n.site_id = her_site;
    PERFORM set_config('app.scope', scope, true);
  END $$;
REVOKE ALL ON FUNCTION questionnaire.names_around FROM PUBLIC;
GRANT EXECUTE ON FUNCTION questionnaire.names_around TO reprise_questionnaire;
