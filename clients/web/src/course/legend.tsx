// SPDX-License-Identifier: Apache-2.0
// What the shapes of a drawing or table mean, visits and questionnaires apart: some of their states share a
// shape, as they share a meaning.
import { Sign } from "~/parts/sign";
import { type Standing, useCourseText } from "./labels";

export function StandingLegend({ lane, standings }: { lane: "visit" | "form"; standings: readonly Standing[] }) {
  const t = useCourseText();
  const states = [...new Map(standings.map((each) => [each.label, each])).values()];
  if (states.length === 0) return null;
  return (
    <ul className="course-legend" aria-label={t("legend_of", { lane: t(`lane_${lane}`) })}>
      <li><strong>{t(`lane_${lane}`)}</strong></li>
      {states.map((standing) => <li key={standing.label}><Sign {...standing} /></li>)}
    </ul>
  );
}
