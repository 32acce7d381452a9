// SPDX-License-Identifier: Apache-2.0
// Downloading an approved extract: the stream is read, checked, and kept as one archive or in a folder.
import { useRef, useState } from "react";
import { clientOf } from "~/api/clients";
import { callErrorOf } from "~/api/details";
import { type Problem } from "~/api/problem";
import type { Extract } from "~/gen/reprise/extract/v1/extract_pb";
import { ExtractService } from "~/gen/reprise/extract/v1/extract_service_pb";
import { Card, Notice } from "~/parts/layout";
import { ProblemNotice } from "~/parts/problem";
import { usePlace } from "~/shell/self";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { Contents } from "./contents";
import { archive, Broken, folder, folderPicker, receive, type Received, type Sink } from "./files";
import { researcher } from "./text";

interface Progress { readonly file: string; readonly bytes: number }
type Failure = { readonly broken: Broken } | { readonly problem: Problem } | { readonly local: true };

// Kilobytes and megabytes of a thousand, as file managers show them.
export function useSize(): (bytes: number) => string {
  const t = useText(researcher);
  const f = useFormats();
  return (bytes) => (bytes < 1_000_000 ? t("kilobytes", { n: f.number(bytes / 1000, 1) }) : t("megabytes", { n: f.number(bytes / 1_000_000, 1) }));
}

export function Download({ extract }: { extract: Extract }) {
  const t = useText(researcher);
  const size = useSize();
  const { study } = usePlace();
  const [progress, setProgress] = useState<Progress>();
  const [failure, setFailure] = useState<Failure>();
  const [received, setReceived] = useState<Received>();
  const [into, setInto] = useState("");
  const controller = useRef<AbortController>(undefined);
  const pick = folderPicker();
  const name = `${study.code}-${extract.stage}-${extract.extractId.slice(0, 8)}`;

  const run = async (sink: Sink) => {
    setFailure(undefined);
    setReceived(undefined);
    setProgress({ file: "", bytes: 0 });
    controller.current = new AbortController();
    let shown = 0;
    try {
      const stream = clientOf(ExtractService).downloadExtract({ extractId: extract.extractId }, { signal: controller.current.signal });
      setReceived(await receive(stream, sink, (file, bytes) => {
        // Ten times a second is enough for eyes.
        if (performance.now() - shown < 100) return;
        shown = performance.now();
        setProgress({ file, bytes });
      }));
    } catch (error) {
      if (controller.current.signal.aborted) return;
      if (error instanceof Broken) setFailure({ broken: error });
      else if (error instanceof DOMException) setFailure({ local: true });
      else setFailure({ problem: callErrorOf(error).problem });
    } finally {
      setProgress(undefined);
    }
  };
  const asArchive = () => {
    setInto(`${name}.zip`);
    void run(archive(name, (blob) => hand(blob, `${name}.zip`)));
  };
  const asFolder = async () => {
    try {
      const picked = await pick!({ mode: "readwrite", id: "reprise-extract" });
      setInto(name);
      await run(await folder(picked, name));
    } catch (error) {
      // She closed the question of the browser.
      if (!(error instanceof DOMException && error.name === "AbortError")) setFailure({ local: true });
    }
  };
  const busy = progress !== undefined;
  return (
    <>
      <Card title={t("download")}>
        <div className="stack">
          <p className="measure">{t("download_lead")}</p>
          <div className="row">
            <button type="button" className="button main" aria-disabled={busy} onClick={busy ? undefined : asArchive}>{t("download_archive")}</button>
            {pick !== undefined && <button type="button" className="button" aria-disabled={busy} onClick={busy ? undefined : () => void asFolder()}>{t("download_folder")}</button>}
            {busy && <button type="button" className="button plain" onClick={() => controller.current?.abort()}>{t("download_stop")}</button>}
          </div>
          <div role="status">
            {progress !== undefined && (
              <>
                <progress className="rs-progress" aria-label={t("download_going")} />
                <p>{progress.file === "" ? t("download_going") : t("download_file", { file: progress.file, size: size(progress.bytes) })}</p>
              </>
            )}
          </div>
          {failure !== undefined && "broken" in failure && (
            <Notice tone="bad" live><p><strong>{t(`broken_${failure.broken.kind}`, { file: failure.broken.file })}</strong></p><p>{t("broken_help")}</p></Notice>
          )}
          {failure !== undefined && "local" in failure && <Notice tone="bad" live>{t("folder_refused")}</Notice>}
          {failure !== undefined && "problem" in failure && <ProblemNotice problem={failure.problem} onRetry={asArchive} />}
          {received !== undefined && (
            <Notice tone={received.files.every((each) => each.sha256 !== undefined) ? "good" : "warn"} live>
              <p><strong>{t("download_done", { into })}</strong></p>
              <p>{t(received.files.every((each) => each.sha256 !== undefined) ? "checked" : "unchecked", { count: received.manifest.files.length })}</p>
            </Notice>
          )}
        </div>
      </Card>
      {received !== undefined && <Contents received={received} />}
    </>
  );
}

function hand(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Slow disks still read it for a while.
  setTimeout(() => URL.revokeObjectURL(link.href), 600_000);
}
