// SPDX-License-Identifier: Apache-2.0
// What a downloaded extract holds: its files with their digests, what was left out, every column.
import { useMemo, useState } from "react";
import { Card, Facts } from "~/parts/layout";
import { Sign } from "~/parts/sign";
import { DataTable } from "~/parts/table";
import { useFormats } from "~/text/format";
import { useText } from "~/text/text";
import { recordsOf } from "./csv";
import { useSize } from "./download";
import type { Received } from "./files";
import { researcher } from "./text";

export function Contents({ received }: { received: Received }) {
  return (
    <>
      <ManifestCard received={received} />
      <Dictionary text={received.texts["dictionary.csv"] ?? ""} />
    </>
  );
}

function ManifestCard({ received }: { received: Received }) {
  const t = useText(researcher);
  const f = useFormats();
  const size = useSize();
  const { manifest, files, texts } = received;
  const rows = manifest.files.map((each) => ({ ...each, seen: files.find((file) => file.name === each.file) }));
  return (
    <Card title={t("manifest")}>
      <div className="stack">
        <Facts facts={[
          [t("participants_in"), f.number(manifest.participants)],
          [t("left_out_participants"), f.number(manifest.withdrawn_left_out)],
          [t("protocol"), t("protocol_named", { label: manifest.protocol.label, number: manifest.protocol.version })],
          [t("day_zero"), t("day_zero_help")],
        ]} />
        <DataTable caption={t("files")} rows={rows} columns={[
          { accessorKey: "file", header: t("file"), cell: ({ row }) => <code>{row.original.file}</code> },
          { accessorKey: "rows", header: t("rows"), meta: { numeric: true }, cell: ({ row }) => f.number(row.original.rows) },
          { accessorKey: "bytes", header: t("size"), meta: { numeric: true }, cell: ({ row }) => size(row.original.bytes) },
          { id: "check", accessorFn: (row) => row.seen?.sha256 ?? "", header: t("check"), cell: ({ row }) => (
            row.original.seen?.sha256 === undefined ? <Sign shape="question" tone="mute" label={t("check_not")} /> : <Sign shape="full" tone="good" label={t("check_right")} />
          ) },
          { accessorKey: "sha256", header: t("sha256"), enableSorting: false, cell: ({ row }) => <code className="rs-hash">{row.original.sha256}</code> },
        ]} />
        {manifest.left_out.length > 0 && (
          <details>
            <summary className="rs-summary">{t("left_out", { count: manifest.left_out.length })}</summary>
            <DataTable caption={t("left_out_items")} rows={manifest.left_out} columns={[
              { accessorKey: "file", header: t("file"), cell: ({ row }) => <code>{row.original.file}</code> },
              { accessorKey: "item", header: t("item"), cell: ({ row }) => <code>{row.original.item}</code> },
              { accessorKey: "because", header: t("because"), cell: ({ row }) => t(becauseKey(row.original.because)) },
            ]} />
          </details>
        )}
        <details>
          <summary className="rs-summary">{t("readme")}</summary>
          <pre className="rs-readme" tabIndex={0} role="region" aria-label={t("readme")}>{texts["README.txt"]}</pre>
        </details>
      </div>
    </Card>
  );
}

const BECAUSE = { IDENTIFYING: "because_identifying", FREE_TEXT: "because_text", PARTIAL_DATE: "because_date" } as const;

function becauseKey(because: string) {
  return BECAUSE[because as keyof typeof BECAUSE] ?? "because_other";
}

function Dictionary({ text }: { text: string }) {
  const t = useText(researcher);
  const [file, setFile] = useState("participants.csv");
  const records = useMemo(() => recordsOf(text), [text]);
  const names = [...new Set(records.map((each) => each["file"] ?? ""))];
  const french = t("language") === "fr";
  const shown = useMemo(() => records.filter((each) => each["file"] === file), [records, file]);
  if (records.length === 0) return null;
  return (
    <Card title={t("dictionary")}>
      <div className="stack">
        <label className="st-day no-print">
          <span>{t("file")}</span>
          <select className="input" value={file} onChange={(event) => setFile(event.target.value)}>{names.map((name) => <option key={name}>{name}</option>)}</select>
        </label>
        <DataTable key={file} caption={t("dictionary_of", { file })} rows={shown} columns={[
          { accessorKey: "column", header: t("column"), cell: ({ row }) => <code>{row.original["column"]}</code> },
          { id: "label", accessorFn: (row) => row[french ? "label_fr" : "label_en"] ?? "", header: t("meaning") },
          { accessorKey: "type", header: t("type"), cell: ({ row }) => t(typeKey(row.original["type"] ?? "")) },
          { id: "codes", accessorFn: (row) => row[french ? "codes_fr" : "codes_en"] ?? "", header: t("codes"), enableSorting: false, cell: ({ getValue }) => (
            <span className="rs-hash">{String(getValue()).split("|").join(" · ")}</span>
          ) },
        ]} />
      </div>
    </Card>
  );
}

function typeKey(type: string) {
  const known = ["text", "code", "codes", "integer", "decimal", "day", "single_choice", "multiple_choice", "matrix", "scale", "time"] as const;
  const found = known.find((each) => each === type);
  return found === undefined ? "type_other" as const : `type_${found}` as const;
}
