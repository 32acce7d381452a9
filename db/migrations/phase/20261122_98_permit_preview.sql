-- Why: an occupational physician records changes of work, and should see before what follows from one;
--      she does not correct timelines.
-- What: looking at what a timeline would lead to is a permission of its own.
-- Rollback: none; forward only.

INSERT INTO access.role_permission (role, permission) VALUES
  ('coordinator', 'timeline.preview'), ('data_manager', 'timeline.preview'), ('occupational_physician', 'timeline.preview');
