// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { clientOf } from "~/api/clients";
import { instantOf } from "~/api/dates";
import { NoteForm } from "~/course/recording";
import { useCourseText } from "~/course/labels";
import { EnrolmentService } from "~/gen/reprise/enrolment/v1/enrolment_service_pb";
import { Card, Empty } from "~/parts/layout";
import { Query } from "~/parts/query";
import { useCaller } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { useState } from "react";
import { texts } from "../text";

export function NotesTab({ participantId }: { participantId: string }) {
  const t = useText(texts);
  const c = useCourseText();
  const { instant } = useFormats();
  const { may } = useCaller();
  const [written, setWritten] = useState(0);
  const query = useQuery({
    queryKey: ["ListParticipantNotes", participantId],
    queryFn: ({ signal }) => clientOf(EnrolmentService).listParticipantNotes({ participantId }, { signal }),
  });
  return (
    <>
      {may("participant.note") && <Card title={c("rec_note")}><NoteForm key={written} participantId={participantId} onDone={() => setWritten((count) => count + 1)} /></Card>}
      <Card title={t("tab_notes")}>
        <Query query={query}>{({ notes }) => notes.length === 0 ? <Empty>{t("notes_none")}</Empty> : (
          <ul className="course-legal">
            {notes.map((note) => (
              <li key={note.noteId}>
                <p className="small quiet">{instant(instantOf(note.madeTime))}{note.writtenByName !== "" && ` · ${note.writtenByName}`}</p>
                <p style={{ whiteSpace: "pre-wrap" }}>{note.text}</p>
              </li>
            ))}
          </ul>
        )}
        </Query>
      </Card>
    </>
  );
}
