// SPDX-License-Identifier: Apache-2.0
// Whether her answers are safe, said quietly; spoken only when that changes for the worse or back.
import { useEffect, useRef, useState } from "react";
import { Sign } from "~/parts/sign";
import { sentenceOf } from "~/text/reasons";
import { useText } from "~/text/text";
import type { Filling } from "./engine/filling";
import { vault } from "./engine/vault";
import { texts } from "./text";

export function Saving({ filling }: { filling: Filling }) {
  const t = useText(texts);
  const { outbox } = filling;
  const [lasting, setLasting] = useState(true);
  useEffect(() => void vault().then((device) => setLasting(device.lasting)), []);
  const waits = outbox.state === "waiting" || outbox.state === "failing";
  return (
    <div className="ask-saving">
      {outbox.state === "saved" && <Sign shape="full" tone="good" label={outbox.unsent > 0 ? t("kept_here") : t("saved")} />}
      {outbox.state === "saving" && <Sign shape="half" tone="mute" label={t("saving")} />}
      {waits && <Sign shape="clock" tone="warn" label={outbox.state === "waiting" ? t("waiting") : t("failing")} />}
      {waits && <p className="small">{lasting ? t("waiting_help") : t("waiting_memory")}</p>}
      {outbox.state === "failing" && outbox.problem !== undefined && <p className="small">{sentenceOf(outbox.problem.reason, t("language"))}</p>}
      {!lasting && !waits && <p className="small quiet">{t("memory_only")}</p>}
      <Spoken waits={waits} />
    </div>
  );
}

function Spoken({ waits }: { waits: boolean }) {
  const t = useText(texts);
  const before = useRef(false);
  const [words, setWords] = useState("");
  useEffect(() => {
    if (waits !== before.current) setWords(waits ? t("waiting") : t("saved_again"));
    before.current = waits;
  }, [waits, t]);
  return <span className="hidden-text" role="status">{words}</span>;
}
