// SPDX-License-Identifier: Apache-2.0
// Whether a stage may go on: its rules, each with its figure, its interval and its light.
import { useMemo } from "react";
import { dayOf } from "~/api/dates";
import type { ProgressionResult } from "~/gen/reprise/cohort/v1/allocation_pb";
import type { ProgressionBoard } from "~/gen/reprise/cohort/v1/cohort_service_pb";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Card, Empty, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { Sign } from "~/parts/sign";
import { titlesOf, useBoard, useProtocol } from "~/pages/study/queries";
import { DayChoice, StageChoice, useDayChoice, useStageChoice } from "~/pages/study/stage";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { told, useText } from "~/text/text";
import { manager } from "../text";
import { useWords } from "../words/words";
import { Interval } from "./interval";
import { countsOf, intervalOf, isRate, LIGHTS, ruleOf, valueIn } from "./sentences";

export function BoardPage() {
  const t = useText(manager);
  const protocol = useProtocol();
  return (
    <Page title={t("board_title")} lead={t("board_lead")}
      actions={<button type="button" className="button" onClick={() => window.print()}>{t("print")}</button>}>
      <Query query={protocol}>{(answer) => <Stage content={answer.content!} />}</Query>
    </Page>
  );
}

function Stage({ content }: { content: StudyDocument }) {
  const t = useText(manager);
  const f = useFormats();
  const language = useLanguage();
  const [stage, chooseStage] = useStageChoice(content);
  const [day, chooseDay] = useDayChoice();
  const query = useBoard(stage, day);
  return (
    <>
      <StageChoice content={content} stage={stage} onChoose={chooseStage} />
      {stage !== undefined && <DayChoice day={day} onChoose={chooseDay} />}
      {stage !== undefined && (
        <Query query={query}>
          {(board) => (
            <div className={query.isPlaceholderData ? "stack st-stale" : "stack"} aria-busy={query.isPlaceholderData}>
              <h2 aria-live="polite">{t("board_of", { stage: titlesOf(content, language).stage(stage), day: f.longDay(day) })}</h2>
              <Board board={board} content={content} />
            </div>
          )}
        </Query>
      )}
    </>
  );
}

function Board({ board, content }: { board: ProgressionBoard; content: StudyDocument }) {
  const t = useText(manager);
  const f = useFormats();
  const words = useWords();
  const light = LIGHTS[board.overall];
  const signed = dayOf(board.signedDate);
  const signature = content.signatures.find((each) => each.stage === board.stage);
  if (board.results.length === 0) return <Empty>{t("board_empty")}</Empty>;
  return (
    <>
      <div className="card mg-overall">
        <span>{t("board_overall")}</span>
        <span className="mg-light"><Sign shape={light.shape} tone={light.tone} label={t(light.label)} /></span>
        <span className="quiet">
          {signed === undefined ? t("board_unsigned")
            : signature === undefined ? t("board_signed", { day: f.longDay(signed) })
              : t("board_signed_by", { day: f.longDay(signed), who: words.value("signed_by", signature.signedBy) })}
        </span>
      </div>
      {board.results.some((each) => each.postHoc) && <Notice tone="warn">{t("post_hoc_lead")}</Notice>}
      {!board.complete && <Notice tone="warn">{t("flow_partial", { sites: board.sitesVisible.join(", ") })}</Notice>}
      <div className="stack">{board.results.map((each) => <Rule key={each.rule} result={each} content={content} />)}</div>
      <p className="small quiet measure">{t("board_footnote")}</p>
    </>
  );
}

function Rule({ result, content }: { result: ProgressionResult; content: StudyDocument }) {
  const t = useText(manager);
  const f = useFormats();
  const light = LIGHTS[result.light];
  const title = told(result.title);
  const judgedOn = content.progressionRules.find((each) => each.code === result.rule)?.judgedOn;
  const write = useMemo(() => valueIn(result.metric, f), [result.metric, f]);
  const counts = countsOf(result, t, f);
  const interval = intervalOf(result, t, f);
  return (
    <Card title={title} aside={<Sign shape={light.shape} tone={light.tone} label={t(light.label)} />}>
      {result.withheld ? <p>{t("withheld")}</p> : (
        <div className="mg-rule">
          <Interval estimate={result.estimate} lower={result.lower} upper={result.upper} proportion={!isRate(result.metric)} write={write}
            zones={{ green: result.green, red: result.red, reversed: result.red > result.green }}
            describe={`${title}. ${interval} ${ruleOf(result, judgedOn, t, f)}`} />
          <div className="stack tight">
            <p><strong>{counts}</strong> {interval}</p>
            <p className="small quiet">{ruleOf(result, judgedOn, t, f)}</p>
            {result.postHoc && <p><Sign shape="late" tone="warn" label={t("post_hoc")} /></p>}
          </div>
        </div>
      )}
    </Card>
  );
}
