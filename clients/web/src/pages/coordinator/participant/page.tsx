// SPDX-License-Identifier: Apache-2.0
// One participant: what she is, her course, and everything that can be recorded about her.
import { Code } from "@connectrpc/connect";
import { Link } from "wouter";
import { problemOf } from "~/api/problem";
import { useCourse, useInstances, useParticipation, useProtocol } from "~/course/data";
import { statusStanding, useCourseText, useTitles } from "~/course/labels";
import { RecordBar } from "~/course/recording";
import { type Participation, ParticipantStatus as Status } from "~/gen/reprise/enrolment/v1/screening_pb";
import { Empty, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { common } from "~/text/common";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { useScreenings, useSiteNames } from "../reading";
import { texts } from "../text";
import { ConsentTab } from "./consent";
import { CourseTab } from "./course";
import { FormsTab } from "./forms";
import { NotesTab } from "./notes";
import { WorkTab } from "./work";

const TABS = ["course", "work", "forms", "consent", "notes"] as const;
const CLOSED: ReadonlySet<Status> = new Set([Status.SCREEN_FAILED, Status.COMPLETED, Status.DECEASED]);

export default function Participant({ participantId, tab }: { participantId: string; tab: string }) {
  const query = useParticipation(participantId);
  if (query.isError && lacks(query.error)) return <Gone />;
  return <Query query={query}>{(participation) => <Found participation={participation} tab={tab} />}</Query>;
}

// A participant of another site is not found either; a malformed address neither.
export function lacks(error: unknown): boolean {
  const { code } = problemOf(error);
  return code === Code.NotFound || code === Code.InvalidArgument;
}

function Gone() {
  const t = useText(texts);
  return (
    <Page title={t("gone_title")}>
      <Empty action={<Link href="/participants" className="button">{t("gone_back")}</Link>}>{t("gone")}</Empty>
    </Page>
  );
}

function Found({ participation, tab }: { participation: Participation; tab: string }) {
  const t = useText(texts);
  const c = useCourseText();
  const k = useText(common);
  const language = useLanguage();
  const id = participation.participantId;
  const enrolled = participation.status !== Status.CONSENTED && participation.status !== Status.SCREEN_FAILED;
  const course = useCourse(id);
  const forms = useInstances(id);
  const protocol = useProtocol(participation.protocolVersion || undefined);
  const document = protocol.data?.content;
  const newest = useProtocol().data?.content;
  const stages = useTitles(document?.stages);
  const formTitles = useTitles(newest?.consentForms);
  const siteNames = useSiteNames();
  const screening = useScreenings(enrolled ? undefined : participation.stage || undefined).data?.find((each) => each.participantId === id);
  const base = `/participants/${id}`;
  return (
    <Page title={t("participant_title", { code: participation.code })} crumbs={[{ to: "/participants", label: t("participants_title") }]}
      lead={
        <span className="row small">
          <Sign {...statusStanding(c, participation.status)} />
          <span>{siteNames.get(participation.siteId)}</span>
          <span>{told(stages.get(participation.stage), language)}</span>
          <span>{t("years_at_consent", { years: participation.ageAtConsent })}</span>
          <span>{t("protocol_version", { version: document?.label ?? participation.protocolVersion })}</span>
        </span>
      }
      actions={<button type="button" className="button" onClick={() => print()}>{k("print")}</button>}>
      {participation.consentsToRenew.length > 0 && (
        <Notice tone="warn">
          <p>{t("renew_due", { forms: participation.consentsToRenew.map((form) => told(formTitles.get(form), language) || form).join(", ") })}</p>
          <p><Link href={`${base}/consent?renew=${participation.consentsToRenew[0]}`} className="button">{t("renew_now")}</Link></p>
        </Notice>
      )}
      {participation.status === Status.CONSENTED && (
        <Notice tone="calm">
          <p>{t("not_enrolled")}</p>
          {screening !== undefined && <p><Link href={`/screenings/${screening.screeningId}`} className="button main">{t("continue_enrolment")}</Link></p>}
        </Notice>
      )}
      {enrolled && course.data !== undefined && !CLOSED.has(participation.status) && (
        <RecordBar course={course.data} document={document} stage={participation.stage} withMeasures={false} />
      )}
      <nav className="tabs no-print" aria-label={t("tabs")}>
        {TABS.map((each) => (
          <Link key={each} href={each === "course" ? base : `${base}/${each}`} aria-current={tab === each ? "page" : undefined}>{t(`tab_${each}`)}</Link>
        ))}
      </nav>
      {tab === "course" && <Query query={course}>{(data) => <CourseTab course={data} participation={participation} document={document} forms={forms.data?.instances ?? []} />}</Query>}
      {tab === "work" && <Query query={course}>{(data) => <WorkTab course={data} document={document} />}</Query>}
      {tab === "forms" && <Query query={forms}>{(data) => <FormsTab participation={participation} instances={data.instances} />}</Query>}
      {tab === "consent" && <ConsentTab participation={participation} document={newest} />}
      {tab === "notes" && <NotesTab participantId={id} />}
    </Page>
  );
}
