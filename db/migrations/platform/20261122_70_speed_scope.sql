-- Why: row-level security asks for every row of a bulk read whether its place is in scope, and cut the
--      list of places to pieces each time.
-- What: the same answers by looking for the place in the list as it stands, and the one study of a caller
--       who holds the whole of one, which a policy can compare as a constant.
-- Rollback: none; forward only.

-- Ids have a fixed length and no slash, comma or star, so a place is found in the list only where it is one
-- of its members.
CREATE OR REPLACE FUNCTION platform.in_scope(study_id uuid, site_id uuid) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(
    current_setting('app.scope', true) = '*'
    OR strpos(current_setting('app.scope', true), study_id::text || '/*') > 0
    OR strpos(current_setting('app.scope', true), study_id::text || '/' || site_id::text) > 0,
    false);

CREATE OR REPLACE FUNCTION platform.in_assigned_scope(study_id uuid, site_id uuid) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(
    strpos(current_setting('app.assigned_scope', true), study_id::text || '/*') > 0
    OR strpos(current_setting('app.assigned_scope', true), study_id::text || '/' || site_id::text) > 0,
    false);

-- Two shortcuts of in_scope for the policies that guard most rows. Neither stands alone: what they do not
-- let through is asked of the whole rule.

-- In a policy as `(SELECT platform.whole_study())`, which PostgreSQL evaluates once a statement.
CREATE FUNCTION platform.whole_study() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN CASE WHEN length(current_setting('app.scope', true)) = 38
               AND right(current_setting('app.scope', true), 2) = '/*'
              THEN left(current_setting('app.scope', true), 36)::uuid END;
COMMENT ON FUNCTION platform.whole_study IS
  'The study of a caller whose scope is exactly one whole study, null for every other.';

CREATE FUNCTION platform.in_listed_site(study_id uuid, site_id uuid) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN strpos(current_setting('app.scope', true), study_id::text || '/' || site_id::text) > 0;
COMMENT ON FUNCTION platform.in_listed_site IS 'True where the caller''s scope names this very site.';
