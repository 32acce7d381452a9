// SPDX-License-Identifier: Apache-2.0
// Which stage a page shows, and as of which day. Stages share nobody, so nothing is counted over them:
// the choice is required. It stands in the address, and is kept for the next page.
import { useEffect, useState } from "react";
import { useSearchParams } from "wouter";
import { type Day, today } from "~/api/dates";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Empty } from "~/parts/layout";
import { usePlace } from "~/shell/self";
import { common } from "~/text/common";
import { told, useText } from "~/text/text";
import { study } from "./text";

export function useStageChoice(content: StudyDocument): readonly [string | undefined, (stage: string) => void] {
  const key = `reprise.stage.${usePlace().study.studyId}`;
  const [params, setParams] = useSearchParams();
  const codes = content.stages.map((stage) => stage.code);
  const wanted = params.get("stage") ?? sessionStorage.getItem(key) ?? "";
  const stage = codes.includes(wanted) ? wanted : codes.length === 1 ? codes[0] : undefined;
  const choose = (code: string) => {
    sessionStorage.setItem(key, code);
    setParams((now) => {
      now.set("stage", code);
      return now;
    }, { replace: true });
  };
  return [stage, choose];
}

export function StageChoice({ content, stage, onChoose }: {
  content: StudyDocument;
  stage: string | undefined;
  onChoose: (stage: string) => void;
}) {
  const c = useText(common);
  const t = useText(study);
  return (
    <div className="stack tight">
      <div className="st-choice no-print" role="group" aria-label={c("stage")}>
        {content.stages.map((each) => (
          <button key={each.code} type="button" className="button" aria-pressed={each.code === stage}
            onClick={() => onChoose(each.code)}>
            {told(each.title, c("language") as "fr" | "en")}
          </button>
        ))}
      </div>
      {stage === undefined && <Empty>{t("choose_stage")}</Empty>}
    </div>
  );
}

// The day in the address; absent: today.
export function useDayChoice(): readonly [Day, (day: Day) => void] {
  const [params, setParams] = useSearchParams();
  const day = params.get("day") ?? "";
  const choose = (chosen: Day) => setParams((now) => {
    if (chosen === "" || chosen >= today()) now.delete("day");
    else now.set("day", chosen);
    return now;
  }, { replace: true });
  return [/^\d{4}-\d{2}-\d{2}$/.test(day) && day < today() ? day : today(), choose];
}

export function DayChoice({ day, onChoose }: { day: Day; onChoose: (day: Day) => void }) {
  const t = useText(study);
  // A date that is being typed is no date for a while.
  const [typed, setTyped] = useState(day);
  useEffect(() => setTyped(day), [day]);
  return (
    <div className="stack tight no-print">
      <div className="row">
        <label className="st-day">
          <span>{t("as_of")}</span>
        <input type="date" className="input short" value={typed} max={today()} aria-describedby="as-of-help"
          onChange={(event) => {
            setTyped(event.target.value);
            const chosen = event.target.value;
            if (/^[12]\d{3}-\d{2}-\d{2}$/.test(chosen)) onChoose(chosen > today() ? today() : chosen);
          }} />
      </label>
      {day < today() && <button type="button" className="button" onClick={() => onChoose(today())}>{t("as_of_today")}</button>}
      </div>
      <span className="small quiet measure" id="as-of-help">{t("as_of_help")}</span>
    </div>
  );
}
