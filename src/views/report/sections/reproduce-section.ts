import type { Campaign } from '../../../campaign/campaign.js';
import type { CampaignFacts } from '../../../campaign/event.js';
import { shellWord } from '../../../text/shell-word.js';
import { type Html, html } from '../html.js';
import type { RunFacts } from '../run-facts.js';

/** Where a report comes from. */
export interface ReportOrigin {
  /** The version of the fitfirst that writes it. */
  readonly version: string;
  /** The path to the config file from the folder of the report; null if it is not known. */
  readonly config: string | null;
  /** How the campaign ran; null if it is not known. */
  readonly run: RunFacts | null;
}

/** What it takes to get the same numbers again, and every decision in the order in which it was made. */
export function reproduceSection(campaign: Campaign, { version, config }: ReportOrigin): Html | null {
  const { facts } = campaign;
  if (facts === null) return null;
  return html`<section id="reproduce"><h2>How to reproduce</h2>
${
  facts.trainer === 'built-in'
    ? html`<p>The results are a function of config and data alone. With the same version of fitfirst, \
the same config and the same data, this command gives the same bytes on any machine, with any number of workers.</p>`
    : html`<p>With the same config, this command asks the trainer for the same trials in the same way. It is a \
program of your own: the results are the same if the same seed and parameters make it give the same numbers.</p>`
}
<pre class="command">fitfirst ${commandOf(facts, config === null ? 'CONFIG' : shellWord(config))} --out again</pre>
<p>${
    config === null
      ? 'CONFIG is the config file that the campaign was run with'
      : 'Run it in the folder of this report'
  }; <code>config.yaml</code> is a copy of the config. Its relative paths start in the folder of the original.</p>
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

/** The command with its options, without the folder of results. */
function commandOf({ method, plan }: CampaignFacts, config: string): string {
  if (method !== 'compare') return `run ${config}`;
  const { settings, repeats, draws } = plan.options;
  return `compare ${config} --settings ${settings} --repeats ${repeats} --draws ${draws}`;
}
