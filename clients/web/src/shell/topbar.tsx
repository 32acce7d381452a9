// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Link } from "wouter";
import { common } from "~/text/common";
import { chooseLanguage, LANGUAGES } from "~/text/language";
import { useText } from "~/text/text";

export function LanguageSwitch() {
  const t = useText(common);
  return (
    <div className="language-switch" role="group" aria-label={t("language_choice")}>
      {LANGUAGES.map((language) => (
        <button key={language} type="button" lang={language} aria-pressed={t("language") === language}
          onClick={() => chooseLanguage(language)}>
          {t(language === "fr" ? "language_fr" : "language_en")}
        </button>
      ))}
    </div>
  );
}

export function TopBar({ children, home = "/" }: { children?: ReactNode; home?: string }) {
  const t = useText(common);
  return (
    <header className="topbar no-print">
      <a className="skip" href="#content">{t("skip")}</a>
      <Link href={home} className="brand">
        <img src="/icon.svg" alt="" width="28" height="28" />{t("app")}
      </Link>
      <div className="topbar-tools">{children}<LanguageSwitch /></div>
    </header>
  );
}
