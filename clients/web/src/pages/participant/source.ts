// SPDX-License-Identifier: Apache-2.0
// What is read from the server, shared by the parts of a page. The staff's pages have react-query for
// this; a participant's phone loads these few lines in its place.
import { useEffect, useSyncExternalStore } from "react";
import { mayRetry, problemOf } from "~/api/problem";

interface Loaded<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isError: boolean;
}

const RETRIES = 2;
const RETRY_MS = 1_000;

export class Source<T> {
  private loaded: Loaded<T> = { data: undefined, error: undefined, isError: false };
  private pending: Promise<void> | undefined;
  private time = -Infinity;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly ask: () => Promise<T>) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = () => this.loaded;

  // Asks where nothing was brought within the last `milliseconds`.
  async fresh(milliseconds: number): Promise<void> {
    if (performance.now() - this.time >= milliseconds) await this.refetch();
  }

  // One question at a time; an error leaves the data that are there.
  readonly refetch = (): Promise<void> => {
    this.pending ??= this.load().finally(() => { this.pending = undefined; });
    return this.pending;
  };

  set(data: T): void {
    this.time = performance.now();
    this.tell({ data, error: undefined, isError: false });
  }

  private async load(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        return this.set(await this.ask());
      } catch (error) {
        if (tries < RETRIES && mayRetry(problemOf(error))) {
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
          continue;
        }
        return this.tell({ data: this.loaded.data, error, isError: true });
      }
    }
  }

  private tell(loaded: Loaded<T>): void {
    this.loaded = loaded;
    this.listeners.forEach((listener) => listener());
  }
}

// Shown by parts/query.tsx like a query. Read anew where it is older than `milliseconds`.
export function useSource<T>(source: Source<T>, milliseconds = 15_000) {
  const loaded = useSyncExternalStore(source.subscribe, source.snapshot);
  useEffect(() => void source.fresh(milliseconds), [source, milliseconds]);
  return { ...loaded, refetch: source.refetch };
}
