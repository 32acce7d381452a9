// @vitest-environment node
// SPDX-License-Identifier: Apache-2.0
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readCsv, recordsOf } from "./csv";
import { archive, Broken, type Chunk, nameIsPlain, receive, type Sink } from "./files";

const bytes = (text: string) => new TextEncoder().encode(text);
async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
const file = (name: string, ...pieces: string[]): Chunk[] =>
  pieces.map((piece, i) => ({ file: name, content: bytes(piece), last: i === pieces.length - 1 }));
const manifest = (files: object[]) => file("manifest.json", JSON.stringify({ study: "S", filters: {}, protocol: {}, participants: 1, withdrawn_left_out: 0, instruments: [], left_out: [], files }));
const said = async (name: string, text: string) => ({ file: name, rows: 1, bytes: bytes(text).length, sha256: await hash(text) });
async function* stream(...files: Chunk[][]) { for (const chunk of files.flat()) yield chunk; }

function nowhere(): Sink & { ends: string[] } {
  const ends: string[] = [];
  return { ends, open: async () => undefined, put: async () => undefined, end: async () => undefined, close: async () => void ends.push("close"), abort: async () => void ends.push("abort") };
}

describe("receive", () => {
  it("takes files in pieces and finds them as the manifest says", async () => {
    const sink = nowhere();
    const got = await receive(stream(file("wide.csv", "a,b\n", "1,é\n"), file("empty.csv", ""), manifest([await said("wide.csv", "a,b\n1,é\n"), await said("empty.csv", "")])), sink, () => undefined);
    expect(got.files.map((each) => [each.name, each.bytes])).toEqual([["wide.csv", 9], ["empty.csv", 0], ["manifest.json", expect.any(Number)]]);
    expect(got.files[0]!.sha256).toBe(await hash("a,b\n1,é\n"));
    expect(sink.ends).toEqual(["close"]);
  });
  const good = { file: "wide.csv", rows: 1, bytes: 1, sha256: "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881" };
  it.each([
    ["a changed file", [file("wide.csv", "y"), manifest([good])], "hash_differs"],
    ["a shorter file", [file("wide.csv", ""), manifest([good])], "bytes_differ"],
    ["a missing file", [manifest([good])], "file_missing"],
    ["a file besides", [file("wide.csv", "x"), file("more.csv", "x"), manifest([good])], "file_unknown"],
    ["no manifest", [file("wide.csv", "x")], "no_manifest"],
    ["a manifest that is no JSON", [file("manifest.json", "{")], "no_manifest"],
    ["a name that leads out", [file("../wide.csv", "x")], "name_refused"],
  ])("refuses %s and leaves nothing", async (_, files, kind) => {
    const sink = nowhere();
    const error = await receive(stream(...files), sink, () => undefined).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(Broken);
    expect((error as Broken).kind).toBe(kind);
    expect(sink.ends).toEqual(["abort"]);
  });
  it("leaves nothing where the stream breaks off", async () => {
    const sink = nowhere();
    async function* broken() { yield* file("wide.csv", "x"); throw new Error("broken off"); }
    await expect(receive(broken(), sink, () => undefined)).rejects.toThrow("broken off");
    expect(sink.ends).toEqual(["abort"]);
  });
});

describe("archive", () => {
  it("holds the same bytes", async () => {
    let made: Blob | undefined;
    const large = "one line of a file\n".repeat(40_000);
    await receive(stream(file("wide.csv", large.slice(0, 65_536), large.slice(65_536)), manifest([await said("wide.csv", large)])), archive("S-PILOT", (blob) => { made = blob; }), () => undefined);
    const inside = unzipSync(new Uint8Array(await new Response(made).arrayBuffer()));
    expect(Object.keys(inside)).toEqual(["S-PILOT/wide.csv", "S-PILOT/manifest.json"]);
    expect(new TextDecoder().decode(inside["S-PILOT/wide.csv"])).toBe(large);
  });
});

describe("nameIsPlain", () => {
  it.each([["form_reprise-diary_1.0.csv", true], ["README.txt", true], ["../x", false], ["a/b", false], [".hidden", false], ["", false], ["a\\b", false]])(
    "%s", (name, plain) => expect(nameIsPlain(name)).toBe(plain));
});

describe("readCsv", () => {
  it.each([
    ["a,b\n1,2\n", [["a", "b"], ["1", "2"]]],
    ['"a,b","say ""yes"""\n', [["a,b", 'say "yes"']]],
    ['"two\nlines",x', [["two\nlines", "x"]]],
    ["a,\r\n,b\r\n", [["a", ""], ["", "b"]]],
    ["", []],
  ])("%j", (text, rows) => expect(readCsv(text)).toEqual(rows));
  it("names cells by the first row", () => expect(recordsOf("file,column\nwide.csv,age\n")).toEqual([{ file: "wide.csv", column: "age" }]));
});
