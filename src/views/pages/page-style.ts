/** What the served pages add to the style sheet of the report. */
export const pageStyle = `
body:has(.campaigns) { max-width: 1400px; }
body:has(.views-page) { max-width: 1152px; }
body:has(.views-page .rows) { max-width: 1600px; }
nav.views { margin: 0 0 1rem; border-bottom: 1px solid var(--grid); }
nav.views ul { gap: 0 1.1rem; } body:not(:has(.views-page)) nav.views ul { gap: 0 .7rem; }
nav.views li { margin: 0; } nav.views li:first-child { margin-right: .6rem; }
nav.views a { display: block; padding: .35rem 0; text-decoration: none; border-bottom: 2px solid transparent; }
nav.views a:hover { border-color: var(--line); }
nav.views [aria-current] { color: var(--ink); font-weight: 600; border-color: var(--chosen); }
h1 small { font-size: 1rem; font-weight: 400; color: var(--muted); margin-left: .35rem; }
.controls { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; margin: 1rem 0; }
.controls label { display: inline-flex; gap: .45rem; align-items: center; color: var(--muted); font-size: .9rem; }
.controls .filter { flex: 1 1 18rem; max-width: 34rem; } .controls .filter input { flex: 1; }
.controls input[type=search], select { font: inherit; font-size: 1rem; padding: .35rem .6rem; min-width: 0; \
max-width: 100%; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); }
.controls > label:not(.filter) > input[type=search] { width: 16rem; }
::placeholder { color: var(--muted); opacity: 1; }
button { font: inherit; padding: .35rem .8rem; border: 1px solid var(--line); border-radius: 6px; \
background: var(--panel); color: var(--ink); cursor: pointer; }
th button { border: 0; padding: 0; text-align: left; background: none; color: inherit; font-weight: 600; }
th button:hover { color: var(--chosen); }
[aria-sort=ascending] :is(button, a)::after { content: " ▲"; }
[aria-sort=descending] :is(button, a)::after { content: " ▼"; }
.campaigns { width: 100%; } .campaigns .scroll, .scroll.tall { max-height: none; }
.campaigns tbody th { min-width: 8.5rem; } .campaigns td:nth-child(5) { min-width: 11rem; }
.campaigns td[data-value] { white-space: nowrap; }
.rows { width: 100%; } .rows th a { white-space: nowrap; } .rows thead a { color: inherit; text-decoration: none; }
.rows thead a:hover { color: var(--chosen); }
.views-page th.number, .views-page td.number { text-align: right; }
.views-page tbody tr:hover { background: var(--panel); }
.views-page th, .views-page td { padding: .3rem 1.1rem .3rem 0; }
.count { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; align-items: baseline; margin: 0; }
.pager { margin-left: auto; white-space: nowrap; } .pager a, .pager .off { padding: 0 .3rem; }
.pager .off { color: var(--quiet); }
.columns { margin: 0; position: relative; } .columns > div { display: flex; flex-wrap: wrap; gap: .2rem 1rem; }
.columns[open] { flex-basis: 100%; padding: .5rem .8rem; background: var(--panel); border-radius: 8px; }
.columns p { margin: .4rem 0 0; font-size: .85rem; color: var(--muted); }
.note-form { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; font-size: .9rem; }
.note-form details { flex: 0 1 auto; margin: 0; } .note-form details[open] { flex-basis: 100%; order: 1; }
.note-form textarea { font: inherit; width: 100%; max-width: 46rem; padding: .35rem .6rem; border-radius: 6px; \
border: 1px solid var(--line); background: var(--paper); color: var(--ink); }
.star { cursor: pointer; } .star input { position: absolute; opacity: 0; } .star span::before { content: "☆"; }
.star :checked + span::before { content: "★"; color: var(--baseline); }
.star :focus-visible + span { outline: 2px solid var(--chosen); }
th .starred { color: var(--baseline); } .note-text { display: block; font-size: .85rem; font-weight: 400; \
color: var(--muted); }
.progress, .age { color: var(--muted); font-size: .9rem; margin: .4rem 0; max-width: 46rem; }
.age:empty { display: none; }
.waiting { display: flex; flex-direction: column; } .waiting:has(~ main) { display: none; }
.report-page > main > nav { margin: 1rem 0; }
.note { color: var(--muted); font-size: .9rem; max-width: 46rem; }
.problems { padding: .5rem .8rem .5rem 2rem; border-radius: 8px; background: var(--panel); }
.problems li::marker { content: "! "; color: var(--baseline); font-weight: 700; }
.views-page figure { margin: .5rem 0 1.5rem; } .views-page figcaption p { margin: .35rem 0 .5rem; max-width: 46rem; \
color: var(--muted); font-size: .9rem; }
.views-page h2 { margin: 1.5rem 0 .5rem; padding-top: 1rem; }
.curve-key { list-style: none; padding: 0; margin: .5rem 0; columns: 2 22rem; font-size: .88rem; }
.curve-key li { break-inside: avoid; margin: 0 0 .35rem; }
.broad { display: none; }
@media screen and (min-width: 1184px) {
  .views-page .broad { display: block; } .views-page .broad + .wide { display: none; }
}
.brush { position: absolute; width: 28px; translate: -50%; cursor: ns-resize; touch-action: none; border-radius: 4px; }
.brush.across { width: auto; height: 26px; translate: 0 -50%; cursor: ew-resize; }
.brush:hover { background: color-mix(in srgb, var(--chosen) 8%, transparent); }
.brushing::before { content: ""; position: absolute; inset: var(--to) 7px var(--from); \
background: color-mix(in srgb, var(--chosen) 30%, transparent); border: 1px solid var(--chosen); border-radius: 3px; }
.brushing.across::before { inset: 6px var(--to) 6px var(--from); }
@media screen and (min-width: 1100px) {
  body:has(.report-page) { max-width: 1180px; }
  .report-page > main { display: grid; grid-template-columns: 11rem minmax(0, 1fr); column-gap: 3rem; \
align-items: start; }
  .report-page > main > * { grid-column: 2 / -1; min-width: 0; }
  .report-page > main > nav { grid-column: 1; grid-row: 1 / span 40; position: sticky; top: 1.5rem; }
  .report-page > main > nav ul { display: block; }
  .report-page > .waiting { padding-left: 14rem; }
}
@media screen and (min-width: 1700px) {
  body:has(.report-page) { max-width: 1840px; }
  .report-page > main { grid-template-columns: 11rem repeat(2, minmax(0, 1fr)); column-gap: 3.5rem; }
  .report-page > main > section { grid-column: auto; }
  .report-page > .waiting { padding-left: 14.5rem; }
}
.state-running { color: var(--good); font-weight: 600; } .state-unreadable { color: var(--bad); }
#live { color: var(--muted); font-size: .85rem; }
@media screen and (max-width: 640px) {
  .pager { margin-left: 0; } .controls .filter { flex-basis: 100%; }
}
`;
