// SPDX-License-Identifier: Apache-2.0
// The language of the page: what the person chose, else her browser's, else French. Kept on the device;
// it says nothing about anybody.
import { useSyncExternalStore } from "react";

export type Language = "fr" | "en";
export const LANGUAGES: readonly Language[] = ["fr", "en"];

const KEY = "reprise.language";
const listeners = new Set<() => void>();
let chosen: Language = read();
apply();

function read(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === "fr" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "fr";
}

function apply(): void {
  document.documentElement.lang = chosen;
}

export function currentLanguage(): Language {
  return chosen;
}

export function chooseLanguage(language: Language): void {
  chosen = language;
  localStorage.setItem(KEY, language);
  apply();
  listeners.forEach((listener) => listener());
}

export function useLanguage(): Language {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentLanguage);
}
