// SPDX-License-Identifier: Apache-2.0
// The curve itself: parts of ECharts alone, drawn as SVG. Loaded with the page that shows it.
import { LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

use([LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  readonly dashed: boolean;
  readonly colour: "--draw-1" | "--draw-2" | "--draw-3";
}

export default function Chart({ months, series, label }: { months: readonly string[]; series: readonly Series[]; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const style = getComputedStyle(element);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const text = { color: colour("--text"), fontFamily: style.fontFamily, fontSize: 12 };
    const chart = init(element, null, { renderer: "svg" });
    chart.setOption({
      animation: false,
      textStyle: text,
      aria: { enabled: true, label: { description: label } },
      grid: { left: 44, right: 16, top: 40, bottom: 32 },
      legend: { textStyle: text, top: 0 },
      tooltip: { trigger: "axis", renderMode: "richText", textStyle: { ...text, color: "#16211f" } },
      xAxis: { type: "category", data: [...months], axisLabel: text, axisLine: { lineStyle: { color: colour("--line-strong") } } },
      yAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour("--line") } } },
      series: series.map((each) => ({
        type: "line", name: each.name, data: [...each.values], symbol: each.dashed ? "none" : "circle", symbolSize: 6, step: each.dashed ? false : "end",
        lineStyle: { width: 2.5, type: each.dashed ? "dashed" : "solid", color: colour(each.colour) }, itemStyle: { color: colour(each.colour) },
      })),
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(element);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [months, series, label]);
  return <div ref={place} className="chart" role="img" aria-label={label} />;
}
