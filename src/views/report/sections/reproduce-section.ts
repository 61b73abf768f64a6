import type { Campaign } from '../../../campaign/campaign.js';
import { type Html, html } from '../html.js';

/** What it takes to get the same numbers again, and every decision in the order in which it was made. */
export function reproduceSection(campaign: Campaign, version: string): Html | null {
  const { facts } = campaign;
  if (facts === null) return null;
  return html`<section id="reproduce"><h2>How to reproduce</h2>
${
  facts.trainer === 'built-in'
    ? html`<p>The results are a function of config and data alone. With the same version of fitfirst, \
the same config and the same
data, <code>fitfirst run config.yaml</code> gives the same bytes on any machine, with any number of workers.</p>`
    : html`<p>With the same config, <code>fitfirst run config.yaml</code> asks the trainer for the same trials \
in the same way. It is a
program of your own: the results are the same where the same seed and parameters make it give the same numbers.</p>`
}
<dl>
<div><dt>fitfirst</dt><dd>${version}</dd></div>
<div><dt>Seed</dt><dd>${String(facts.seed)}</dd></div>
${
  facts.data !== null &&
  html`<div><dt>Data, SHA-256 of the contents</dt><dd><code>${facts.data.hash}</code></dd></div>`
}
<div><dt>Training identity</dt><dd><code>${facts.identity}</code></dd></div>
</dl>
<details><summary>The config, with everything said</summary><pre class="scroll" tabindex="0">${JSON.stringify(
    { ...Object(facts.config), method: { name: facts.method, ...facts.plan.options } },
    null,
    2,
  )
    .split('\n')
    .map((line) => html`${line}\n`)}</pre></details>
</section>`;
}
