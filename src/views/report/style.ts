/**
 * The page's style sheet. The colours are those of Okabe and Ito (2008, "Color Universal Design"), darkened or
 * lightened for contrast, so that people who cannot see red or green can distinguish them.
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f5f6f8; --ink: #1b1f24; --muted: #57606a; --line: #8c959f; --grid: #e4e7eb;
  --chosen: #0067a5; --baseline: #b54b00; --good: #007a56; --bad: #9c3d72; --plain: #4c555e; --quiet: #9aa2ab;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --panel: #1e2329; --ink: #e6e9ed; --muted: #a5afba; --line: #66707b; --grid: #2c333b;
    --chosen: #64bdf0; --baseline: #f0a045; --good: #3fc79a; --bad: #e08fbd; --plain: #b9c2cb; --quiet: #78828d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 752px; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 3rem 0 .75rem; padding-top: 1rem; \
border-top: 1px solid var(--grid); }
h3 { font-size: 1.05rem; line-height: 1.35; margin: 0; }
h4 { font-size: .9rem; margin: .5rem 0 0; }
p { margin: .5rem 0 1rem; }
.method { color: var(--muted); margin: 0; }
.answer { font-size: 1.2rem; line-height: 1.4; margin: 1rem 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; \
margin: 1.25rem 0; padding: 0; }
.tiles div { background: var(--panel); border-radius: 8px; padding: .7rem .8rem; }
.tiles dt { color: var(--muted); font-size: .85rem; }
.tiles dd { margin: 0; font-size: 1.15rem; font-weight: 600; line-height: 1.3; }
.tiles dd.long { font-size: 1rem; }
.tiles dd small { display: block; font-size: .8rem; font-weight: 400; color: var(--muted); }
nav { font-size: .9rem; color: var(--muted); }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .15rem 1rem; padding: 0; margin: 0; }
a { color: var(--chosen); }
figure { margin: 1.5rem 0; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; } figure svg text { stroke-linejoin: round; }
.plot { position: relative; }
.tips i { position: absolute; width: 16px; height: 16px; translate: -50% -50%; font-style: normal; border-radius: 50%; }
.tips .cell { border-radius: 2px; }
.tips .reading { height: 100%; translate: -50%; border-radius: 0; }
.tips i:hover, .tips i:focus { outline: 2px solid var(--ink); z-index: 1; }
.tips .reading:hover, .tips .reading:focus { outline: none; \
background: linear-gradient(var(--quiet), var(--quiet)) center / 1px 100% no-repeat; }
.tips b {
  display: none; position: absolute; bottom: calc(100% + 5px); left: 50%; translate: -50%; z-index: 1; \
width: max-content; max-width: 13rem;
  padding: .3rem .55rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink);
  font-size: .8rem; font-weight: 400; line-height: 1.35; pointer-events: none;
}
.tips .to-right b { left: 50%; translate: none; }
.tips .to-left b { left: auto; right: 50%; translate: none; }
.tips .to-bottom b { bottom: auto; top: calc(100% + 5px); }
.tips .reading b { bottom: auto; top: 1.5rem; }
.tips i:hover b, .tips i:focus b { display: block; }
.narrow { display: none; }
.pair { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: .5rem 1.5rem; }
.pair > div { max-width: 420px; break-inside: avoid; }
.key { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .35rem 0 .5rem; font-size: .85rem; \
color: var(--muted); }
.mark { font-weight: 700; }
.chosen { color: var(--chosen); } .baseline { color: var(--baseline); } .good { color: var(--good); }
.bad { color: var(--bad); } .plain { color: var(--plain); } .quiet { color: var(--quiet); }
dl { margin: 1rem 0; }
section dl div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: .3rem 0; \
border-bottom: 1px solid var(--grid); }
section dt { color: var(--muted); } section dd { margin: 0; }
ul, ol { padding-left: 1.25rem; }
li { margin: .25rem 0; }
.fits::marker { content: "✔ "; color: var(--good); } .fits-not::marker { content: "✗ "; color: var(--bad); }
.warnings li::marker { content: "! "; color: var(--baseline); font-weight: 700; }
.stage { color: var(--muted); font-size: .85rem; border: 1px solid var(--grid); border-radius: 4px; padding: 0 .35rem; }
details { margin: .5rem 0; } summary { cursor: pointer; color: var(--chosen); font-size: .9rem; }
.scroll { overflow-x: auto; max-height: 32rem; }
/* A shade at the edge behind which a table goes on. The first two layers move with the table and cover it at an end. */
@media screen {
  div.scroll {
    background: linear-gradient(to right, var(--paper) 40%, transparent) left / 3rem calc(100% + 2px) local, \
linear-gradient(to left, var(--paper) 40%, transparent) right / 3rem calc(100% + 2px) local, \
linear-gradient(to right, var(--line), transparent) left / .5rem 100% scroll, \
linear-gradient(to left, var(--line), transparent) right / .5rem 100% scroll;
    background-repeat: no-repeat;
  }
}
table { border-collapse: collapse; font-size: .88rem; margin: .5rem 0; min-width: 60%; overflow-wrap: normal; }
th, td { text-align: left; padding: .28rem .9rem .28rem 0; border-bottom: 1px solid var(--grid); vertical-align: top; }
th { color: var(--muted); font-weight: 600; } td.number { font-variant-numeric: tabular-nums; }
table.bars { width: 100%; table-layout: fixed; } table.bars tbody th { color: var(--ink); \
overflow-wrap: anywhere; }
.bar { display: block; height: .55rem; background: var(--grid); border-radius: 3px; margin: .3rem 0 .1rem; }
.bar i { display: block; height: 100%; min-width: 1px; background: currentcolor; border-radius: 3px; }
pre { background: var(--panel); padding: .8rem; border-radius: 8px; font-size: .8rem; white-space: pre-wrap; }
code { font-size: .88em; }
footer { margin-top: 3rem; color: var(--muted); font-size: .85rem; }
@media screen and (min-width: 1100px) {
  body.report { display: grid; grid-template-columns: 11rem minmax(0, 1fr); column-gap: 3rem; \
max-width: 1180px; }
  body.report > header { display: contents; }
  body.report > *, body.report > header > * { grid-column: 2; min-width: 0; }
  body.report > header > nav { grid-column: 1; grid-row: 1 / span 30; position: sticky; top: 1.5rem; \
align-self: start; }
  body.report > header > nav ul { display: block; }
}
/* The table of methods is wide, and each of its pictures is half as wide. */
body.comparison { max-width: 1180px; } body.comparison header { max-width: 752px; }
body.comparison .scroll { max-height: none; }
@media screen and (min-width: 1100px) {
  body.comparison { max-width: 1400px; }
  body.comparison > main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); column-gap: 3rem; }
  body.comparison > main > :last-child { grid-column: 1 / -1; }
  body.comparison > main table { width: 100%; }
}
@media screen and (min-width: 1700px) {
  body.report { max-width: 1840px; }
  body.report > main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); \
column-gap: 4rem; align-items: start; }
}
@media screen and (max-width: 640px) {
  .wide { display: none; } .narrow { display: block; max-width: 440px; }
  section dl div { grid-template-columns: 1fr; }
  .scroll:not(.tall) :is(th, td) { white-space: nowrap; }
  .scroll:not(.tall) .long { white-space: normal; min-width: 12rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; } nav, .tips { display: none; }
  .scroll { max-height: none; overflow: visible; } table { overflow-wrap: anywhere; min-width: 0; } \
h2, h3 { break-after: avoid; }
}
`;
