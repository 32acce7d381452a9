// SPDX-License-Identifier: Apache-2.0
// The style sheet of the risk page: light and dark, narrow screens, paper.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_PAGE_STYLE_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_PAGE_STYLE_H_

namespace reprise::extract::risk {

inline constexpr char kStyle[] = R"css(
:root{color-scheme:light dark;--ink:#1d2433;--paper:#fff;--soft:#5b6475;--line:#d5dae3;--wash:#f3f5f9;--safe:#2f6f9f;--small:#c2542d;--loss:#6a5aa8;--good:#1f7a4d;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9f0;--paper:#14181f;--soft:#a3acbd;--line:#343c4a;--wash:#1d232d;--safe:#6db3e8;--small:#f0916c;--loss:#ac9df0;--good:#62c796;--bad:#f28b82}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:56rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0 .25rem}h2{font-size:1.2rem;margin:2.2rem 0 .4rem}h3{font-size:1rem;margin:1.4rem 0 .3rem}
p{margin:.4rem 0}.soft,.legend,figcaption{color:var(--soft);font-size:.92rem}.name{overflow-wrap:anywhere}
.verdict{border-left:.35rem solid var(--good);background:var(--wash);padding:.7rem 1rem;margin:1rem 0;font-weight:600}.verdict.bad{border-color:var(--bad)}.verdict p{font-weight:400;margin:0}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:.75rem 0}dl div{background:var(--wash);padding:.6rem .8rem;border-radius:.4rem}
dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-size:1.45rem;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;margin:.5rem 0 1rem}table{border-collapse:collapse;width:100%;font-size:.94rem;font-variant-numeric:tabular-nums}
th,td{text-align:right;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}th:first-child,td:first-child{text-align:left}thead th{color:var(--soft);font-weight:600}
td small{display:block;color:var(--soft)}.no{color:var(--bad);font-weight:700}.yes{color:var(--good)}
figure{margin:.6rem 0}svg{width:100%;height:auto;display:block;max-width:44rem}svg text{font-size:15px;fill:var(--ink);font-family:inherit}svg .label{text-anchor:end}.axis{stroke:var(--line)}
rect.safe{fill:var(--safe)}rect.small{fill:var(--small)}rect.loss{fill:var(--loss)}.key{display:inline-block;width:.8em;height:.8em;margin:0 .35em 0 .8em;background:var(--safe)}.key.small{background:var(--small);margin-left:0}
details{margin:.4rem 0;border:1px solid var(--line);border-radius:.4rem;padding:.4rem .8rem}summary{cursor:pointer;overflow-wrap:anywhere}li{margin:.3rem 0}
@media (max-width:34rem){main{padding:1rem .8rem 3rem}th,td{padding:.3rem .4rem}svg text{font-size:20px}}
@media print{details{border:0;padding:0}body{font-size:11pt}h2{break-after:avoid}figure,tr{break-inside:avoid}}
)css";

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_PAGE_STYLE_H_
