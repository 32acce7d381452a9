// SPDX-License-Identifier: Apache-2.0
// What a participant sees: her way in, her questionnaires, and nothing else. The way in loads alone; what
// lies behind it is fetched while she reads.
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { problemOf } from "~/api/problem";
import { Page } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { Loading } from "~/parts/query";
import { useText } from "~/text/text";
import { Frame } from "./frame";
import { useLinkToken } from "./link";
import { session as source } from "./session";
import { useSource } from "./source";
import { texts } from "./text";
import { CodePage, Welcome } from "./welcome";
import "./participant.css";

const load = () => import("./inside");
const Inside = lazy(load);

export default function Pages() {
  const token = useLinkToken();
  const session = useSource(source, 60_000);
  const wasIn = useRef(false);
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), 300);
    return () => clearTimeout(timer);
  }, []);
  const [notice, setNotice] = useState<"other_closed">();
  if (session.data?.participantId) wasIn.current = true;
  if (token !== undefined) {
    return <Frame><Welcome key={token} token={token} onOther={() => setNotice("other_closed")} /></Frame>;
  }
  if (session.data === undefined) {
    return (
      <Frame>
        {session.isError ? <ProblemNotice problem={problemOf(session.error)} onRetry={() => void session.refetch()} /> : <Loading />}
      </Frame>
    );
  }
  if (session.data === null) {
    return <Frame><CodePage sessionOver={wasIn.current} onOther={() => setNotice("other_closed")} /></Frame>;
  }
  if (session.data.participantId === "") return <Frame><Staff /></Frame>;
  return (
    <Suspense fallback={<Frame><Loading /></Frame>}>
      <Inside key={session.data.participantId} caller={session.data} notice={notice} />
    </Suspense>
  );
}

function Staff() {
  const t = useText(texts);
  return (
    <Page title={t("staff_title")}>
      <p>{t("staff_help")}</p>
      <p><a href="/" className="button">{t("staff_home")}</a></p>
    </Page>
  );
}
