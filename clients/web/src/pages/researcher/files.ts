// SPDX-License-Identifier: Apache-2.0
// The files of an extract on their way in: each is put together, its SHA-256 is taken, and it goes into a
// folder or an archive. Nothing is handed over before all of them agree with the manifest.
import { Zip, ZipDeflate } from "fflate";

export interface Chunk {
  readonly file: string;
  readonly content: Uint8Array;
  readonly last: boolean;
}

export interface FileSeen {
  readonly name: string;
  readonly bytes: number;
  // Hexadecimal; undefined where the browser cannot take it (pages over plain HTTP).
  readonly sha256: string | undefined;
}

export interface ManifestFile {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly study: string;
  readonly filters: { readonly stage: string; readonly recorded_until: string };
  readonly protocol: { readonly version: number; readonly label: string };
  readonly participants: number;
  readonly withdrawn_left_out: number;
  readonly instruments: ReadonlyArray<{ readonly instrument: string; readonly version: string; readonly document_sha256: string }>;
  readonly left_out: ReadonlyArray<{ readonly file: string; readonly item: string; readonly because: string }>;
  readonly files: readonly ManifestFile[];
}

// Where files go. `put` gets a file's bytes in pieces; `close` is called when all are right.
export interface Sink {
  open(name: string): Promise<void>;
  put(content: Uint8Array): Promise<void>;
  end(): Promise<void>;
  close(): Promise<void>;
  // Leaves nothing behind.
  abort(): Promise<void>;
}

export interface Received {
  readonly files: readonly FileSeen[];
  readonly manifest: Manifest;
  // Of small files that the page shows.
  readonly texts: Readonly<Record<string, string>>;
}

// What does not agree is thrown as one of these.
export class Broken extends Error {
  constructor(readonly kind: "no_manifest" | "file_missing" | "file_unknown" | "bytes_differ" | "hash_differs" | "name_refused", readonly file: string) {
    super(`${kind}: ${file}`);
  }
}

const SHOWN = new Set(["manifest.json", "dictionary.csv", "README.txt"]);

// The server names the files: none may lead out of the folder.
export function nameIsPlain(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._@-]*$/.test(name) && name.length <= 200;
}

function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of pieces) {
    bytes.set(each, at);
    at += each.length;
  }
  return bytes;
}

// Hexadecimal; undefined where the page has no means to take it.
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return undefined;
  return [...new Uint8Array(await subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Reads the whole stream into the sink. `told` hears of every piece.
export async function receive(chunks: AsyncIterable<Chunk>, sink: Sink, told: (file: string, bytes: number) => void): Promise<Received> {
  const files: FileSeen[] = [];
  const texts: Record<string, string> = {};
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  let open = "";
  try {
    for await (const chunk of chunks) {
      if (!nameIsPlain(chunk.file)) throw new Broken("name_refused", chunk.file);
      if (open === "") {
        open = chunk.file;
        await sink.open(open);
      }
      if (chunk.file !== open) throw new Broken("name_refused", chunk.file);
      pieces.push(chunk.content);
      bytes += chunk.content.length;
      await sink.put(chunk.content);
      told(chunk.file, bytes);
      if (!chunk.last) continue;
      const whole = join(pieces);
      files.push({ name: open, bytes: whole.length, sha256: await sha256(whole) });
      if (SHOWN.has(open)) texts[open] = new TextDecoder().decode(whole);
      await sink.end();
      pieces = [];
      open = "";
    }
    const manifest = readManifest(texts["manifest.json"]);
    check(files, manifest);
    await sink.close();
    return { files, manifest, texts };
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

function readManifest(text: string | undefined): Manifest {
  if (text === undefined) throw new Broken("no_manifest", "manifest.json");
  try {
    return JSON.parse(text) as Manifest;
  } catch {
    throw new Broken("no_manifest", "manifest.json");
  }
}

// Every file of the manifest came, none besides, and each has its length and its SHA-256.
export function check(files: readonly FileSeen[], manifest: Manifest): void {
  for (const said of manifest.files) {
    const seen = files.find((each) => each.name === said.file);
    if (seen === undefined) throw new Broken("file_missing", said.file);
    if (seen.bytes !== said.bytes) throw new Broken("bytes_differ", said.file);
    if (seen.sha256 !== undefined && seen.sha256 !== said.sha256.toLowerCase()) throw new Broken("hash_differs", said.file);
  }
  const said = new Set([...manifest.files.map((each) => each.file), "manifest.json"]);
  const besides = files.find((each) => !said.has(each.name));
  if (besides !== undefined) throw new Broken("file_unknown", besides.name);
}

// One archive, made while the pieces come. `done` gets it when all is right.
export function archive(folder: string, done: (archive: Blob) => void): Sink {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    parts.push(data);
  });
  let file: ZipDeflate | undefined;
  return {
    open: async (name) => {
      file = new ZipDeflate(`${folder}/${name}`, { level: 5 });
      zip.add(file);
    },
    put: async (content) => file!.push(content),
    end: async () => file!.push(new Uint8Array(0), true),
    close: async () => {
      zip.end();
      done(new Blob(parts as BlobPart[], { type: "application/zip" }));
    },
    abort: async () => zip.terminate(),
  };
}

// The File System Access API, where the browser has it.
interface Folder {
  getDirectoryHandle(name: string, options: { create: boolean }): Promise<Folder>;
  getFileHandle(name: string, options: { create: boolean }): Promise<{ createWritable(): Promise<{ write(data: Uint8Array): Promise<void>; close(): Promise<void>; abort(): Promise<void> }> }>;
  removeEntry(name: string, options: { recursive: boolean }): Promise<void>;
}
type Picker = (options: { mode: "readwrite"; id: string }) => Promise<Folder>;

export function folderPicker(): Picker | undefined {
  const picker = (globalThis as { showDirectoryPicker?: Picker }).showDirectoryPicker;
  return typeof picker === "function" ? picker.bind(globalThis) : undefined;
}

// A new folder in the one that was picked; removed again where the download fails.
export async function folder(picked: Folder, name: string): Promise<Sink> {
  const into = await picked.getDirectoryHandle(name, { create: true });
  let file: { write(data: Uint8Array): Promise<void>; close(): Promise<void>; abort(): Promise<void> } | undefined;
  return {
    open: async (each) => { file = await (await into.getFileHandle(each, { create: true })).createWritable(); },
    put: (content) => file!.write(content),
    end: () => file!.close(),
    close: async () => undefined,
    abort: async () => {
      await file?.abort().catch(() => undefined);
      await picked.removeEntry(name, { recursive: true });
    },
  };
}
