-- Why: coordinators and study managers see at one look which visits of their sites are due.
-- What: who may list visits; the list says nothing of what was found at them.
-- Rollback: none; forward only.

INSERT INTO access.role_permission (role, permission) VALUES
  ('coordinator', 'visit.list'), ('occupational_physician', 'visit.list'), ('study_manager', 'visit.list'),
  ('data_manager', 'visit.list');
