import { mean, pairedDifference } from '../../src/campaign/statistics.js';
import { EARLIER } from './variant-runs.js';

/** A variant on a table; regrets as shares of what tuning brings. */
export interface Measured {
  readonly table: string;
  readonly regret: number;
  readonly saving: number;
  /** How much worse it is than random search of the same cost. */
  readonly rival: number;
}

const DEFAULT = 'the default';

const rivalInterval = (entries: readonly Measured[]): string => interval(entries.map(({ rival }) => rival));

/** The section of the page on variants, those that do best against random search first. */
export function sectionOf(measured: ReadonlyMap<string, readonly Measured[]>, draws: number): string {
  const own = measured.get(DEFAULT) ?? [];
  const tables = own.map(({ table }) => table);
  const rivalOf = (entries: readonly Measured[]): number => mean(entries.map(({ rival }) => rival));
  const ranked = [...measured].sort(([, a], [, b]) => rivalOf(a) - rivalOf(b));
  const lines = ranked.map(([name, entries]) => lineOf(name, entries, own));
  return `Here 12 repeats of each setting ran: methods choose on 4 of them, and the other 8 judge, on ${draws} draws.
Random search of the same cost is read from a curve: raced random search with 4 to 70 settings on the same draws. This
is less noisy than one random search for each draw. Regrets are against the choice of the grid on the same draws, as
shares of what tuning brings. Intervals are over the ${tables.length} data sets. Below 0, the variant is better.

Judged in this way, the default differs from random search of the same cost by ${rivalInterval(own)}. Until it tried
dropout at two sizes above the grown one and grew on two repeats instead of three
(*${EARLIER}*), that was ${rivalInterval(measured.get(EARLIER) ?? [])}: dropout takes
units away, so the best size with dropout is often larger than the best without. The sizes above cost more training.

| variant | regret | times less | against random search | against the default |
|---|---|---|---|---|
${lines.join('\n')}

*Above 1*, *above 3*: one or three sizes above the grown one are in the race over dropout, too (\`above\` of
[\`fit_first\`](config.md#fit_first)), instead of two.

*Prior* takes the place of the grid of the race: as many settings are drawn, none of them twice. Some are drawn from the
whole space, the others around what growth chose: each step away from the size above the grown one halves the
probability, and the learning rate of growth is three times as probable as another (a prior from growth with a random
share, after PriorBand, Mallik et al. 2023, arXiv 2306.12370). No prior is clearly better than the default, so the
default races its grid.

${swapped(measured, tables)}
`;
}

function lineOf(name: string, entries: readonly Measured[], own: readonly Measured[]): string {
  const regret = percent(mean(entries.map((one) => one.regret)));
  const saving = Math.exp(mean(entries.map((one) => Math.log(one.saving))));
  const rival = interval(entries.map((one) => one.rival));
  const differences = entries.map((one, i) => one.regret - (own[i]?.regret ?? Number.NaN));
  const toDefault = name === DEFAULT ? '' : interval(differences);
  return `| ${name} | ${regret} | ${saving.toFixed(1)} | ${rival} | ${toDefault} |`;
}

/** Picks the best variant on one half of the tables, and says what it does on the other. */
function swapped(measured: ReadonlyMap<string, readonly Measured[]>, tables: readonly string[]): string {
  const sentences = [0, 1].map((half) => {
    const on = (entries: readonly Measured[], which: number): number =>
      mean(entries.filter((_, i) => i % 2 === which).map(({ rival }) => rival));
    const [best] = [...measured].sort(([, a], [, b]) => on(a, half) - on(b, half));
    const [name = '', entries = []] = best ?? [];
    const picked = tables.filter((_, i) => i % 2 === half).join(', ');
    const theirs = on(measured.get(DEFAULT) ?? [], 1 - half);
    return (
      `- Picked on ${picked}:\n  *${name}*. On the other tables it is worse than random search by ` +
      `${percent(on(entries, 1 - half))}, the default by ${percent(theirs)}.`
    );
  });
  return `The best of many variants looks better than it is. So one half of the tables picks, and the other half tests.
Below 0, random search is worse.

${sentences.join('\n')}`;
}

function interval(values: readonly number[]): string {
  const { mean: middle, low, high } = pairedDifference(values, 0);
  return `${percent(middle)} (${percent(low)} to ${percent(high)})`;
}

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
