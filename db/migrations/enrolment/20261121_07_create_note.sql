-- Why: colleagues at a site leave each other notes about the course of a participation.
-- What: notes, insert only, visible with the participant.
-- Rollback: none; forward only.

CREATE TABLE enrolment.note (
  note_id        uuid        NOT NULL,
  participant_id uuid        NOT NULL,
  text           text        NOT NULL,
  written_by     uuid        NOT NULL,
  made_time      timestamptz NOT NULL,
  CONSTRAINT note_pkey PRIMARY KEY (note_id),
  CONSTRAINT note_participant_fkey FOREIGN KEY (participant_id) REFERENCES enrolment.participant
);
COMMENT ON TABLE enrolment.note IS 'Notes about the course of a participation; never changed.';
CREATE INDEX note_participant_index ON enrolment.note (participant_id, made_time);

ALTER TABLE enrolment.note ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment.note FORCE ROW LEVEL SECURITY;
CREATE POLICY note_scope ON enrolment.note
  USING (EXISTS (SELECT FROM enrolment.participant AS p
                  WHERE p.participant_id = note.participant_id));

GRANT SELECT, INSERT ON enrolment.note TO reprise_enrolment;

INSERT INTO access.role_permission (role, permission) VALUES
  ('coordinator', 'participant.note'), ('occupational_physician', 'participant.note');
