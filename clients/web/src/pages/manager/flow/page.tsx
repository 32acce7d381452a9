// SPDX-License-Identifier: Apache-2.0
// Who came in, who left and why, in one stage as of any day.
import { useMemo } from "react";
import { today } from "~/api/dates";
import type { StudyDocument } from "~/gen/reprise/study/v1/document_pb";
import { Card, Empty, Notice, Page } from "~/parts/layout";
import { Query } from "~/parts/query";
import { titlesOf, useFlow, useProtocol } from "~/pages/study/queries";
import { DayChoice, StageChoice, useDayChoice, useStageChoice } from "~/pages/study/stage";
import { usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useLanguage } from "~/text/language";
import { useText } from "~/text/text";
import { manager } from "../text";
import { FlowDrawing, FlowTable } from "./drawing";
import { treeOf } from "./tree";

export function FlowPage() {
  const t = useText(manager);
  const protocol = useProtocol();
  return (
    <Page title={t("flow_title")} lead={t("flow_lead")}>
      <Query query={protocol}>{(answer) => <Flow content={answer.content!} />}</Query>
    </Page>
  );
}

function Flow({ content }: { content: StudyDocument }) {
  const t = useText(manager);
  const f = useFormats();
  const language = useLanguage();
  const { study } = usePlace();
  const [stage, chooseStage] = useStageChoice(content);
  const [day, chooseDay] = useDayChoice();
  const query = useFlow(stage, day);
  const tree = useMemo(() => (query.data === undefined ? undefined : treeOf(query.data, content, language, t)), [query.data, content, language, t]);
  const name = stage === undefined ? "" : titlesOf(content, language).stage(stage);
  const title = t("flow_of", { stage: name, day: f.longDay(day) });
  const stale = query.isPlaceholderData;
  return (
    <>
      <StageChoice content={content} stage={stage} onChoose={chooseStage} />
      {stage !== undefined && <DayChoice day={day} onChoose={chooseDay} />}
      {stage !== undefined && (
        <Query query={query}>
          {(flow) => (
            <div className="stack">
              <h2 aria-live="polite">{title}</h2>
              {!flow.complete && <Notice tone="warn">{t("flow_partial", { sites: flow.sitesVisible.join(", ") })}</Notice>}
              {flow.total?.screened === 0 && !stale ? (
                <Empty>{t(day === today() ? "flow_nobody" : "flow_nobody_then")}</Empty>
              ) : tree !== undefined && (
                <>
                  <FlowDrawing tree={tree} title={title} name={`${study.code}-${flow.stage}-${day}`} stale={stale} />
                  <p className="small quiet measure">{t("flow_footnote")}</p>
                  <Card title={t("flow_as_table")}><FlowTable tree={tree} title={title} /></Card>
                </>
              )}
            </div>
          )}
        </Query>
      )}
    </>
  );
}
