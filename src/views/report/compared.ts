import type { Campaign } from '../../campaign/campaign.js';
import { canonicalJson } from '../../campaign/canonical-json.js';
import type { Domain } from '../../campaign/domain.js';
import { type Goal, isBetter, type Metric } from '../../campaign/metric.js';
import {
  isSameSetting,
  isSameValue,
  type Parameters,
  type ParameterValue,
} from '../../campaign/parameters.js';
import { meanOverRepeats } from '../../campaign/statistics.js';
import { isSettled, isStoppedEarly } from '../../campaign/trial.js';
import { trialScoreAt } from '../../campaign/trial-score.js';
import { adjustedMeans } from '../../numeric/adjusted-means.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { longestSettings, stageSettings, trialsOf } from '../model/settings.js';
import { stagesFor } from '../model/stages.js';
import { formatCounts } from '../model/trials-without-result.js';
import { lastFinding } from '../summary/decisions.js';

/** A setting that ran its full epochs in a stage, and what its repeats said. */
export interface Compared {
  readonly stage: string;
  readonly parameters: Parameters;
  /** The most epochs that were asked of it. */
  readonly epochs: number;
  /** The metric of each repeat that gave one, at the epoch that counts. */
  readonly values: readonly { readonly repeat: number; readonly value: number; readonly epoch: number }[];
  readonly mean: number;
  /** The mean adjusted for the repeats that it ran on, among the settings that it is compared with. */
  readonly adjusted: number;
  readonly standardError: number | null;
  /** Repeats that were asked of it: more than of those that left a race earlier. */
  readonly asked: number;
  /** Repeats that gave no number, such as `1 failed, 1 diverged`; empty where all gave one. */
  readonly missing: string;
  /** Whether a repeat was stopped early. Such a setting cannot win. */
  readonly isStoppedEarly: boolean;
}

/** A setting of which no repeat gave a number. */
export type Unscored = Pick<Compared, 'stage' | 'parameters' | 'missing'>;

/** How a trial can end without a number. */
const WITHOUT_NUMBER = ['failed', 'stopped', 'diverged'];

/** The settings of some stages. */
interface ComparedStages {
  readonly scored: readonly Compared[];
  readonly unscored: readonly Unscored[];
}

/** The settings that ran their full epochs in these stages; without those that gave no number. */
export function comparedIn(campaign: Campaign, stages: readonly string[]): readonly Compared[] {
  return comparedStages(campaign, stages).scored;
}

/** The settings of these stages whose trials have all ended without a number. */
export function unscoredIn(campaign: Campaign, stages: readonly string[]): readonly Unscored[] {
  return comparedStages(campaign, stages).unscored;
}

function comparedStages(campaign: Campaign, stages: readonly string[]): ComparedStages {
  const ofCampaign = known.get(campaign) ?? new Map<string, ComparedStages>();
  known.set(campaign, ofCampaign);
  const name = JSON.stringify(stages);
  const compared = ofCampaign.get(name) ?? compare(campaign, stages);
  ofCampaign.set(name, compared);
  return compared;
}

/** Several chapters of a report compare the same settings. */
const known = new WeakMap<Campaign, Map<string, ComparedStages>>();

function compare(campaign: Campaign, stages: readonly string[]): ComparedStages {
  const { facts } = campaign;
  const scored: { -readonly [Name in keyof Compared]: Compared[Name] }[] = [];
  const unscored: Unscored[] = [];
  for (const setting of facts === null ? [] : longestSettings(stageSettings(campaign))) {
    const { stage, parameters, epochs, until } = setting;
    if (facts === null || until !== null || !stages.includes(stage)) continue;
    const trials = trialsOf(campaign, setting);
    const values: Compared['values'][number][] = [];
    for (const trial of trials) {
      if (!isSettled(trial)) continue;
      const { value, epoch } = trialScoreAt(trial, facts);
      if (Number.isFinite(value)) values.push({ repeat: trial.spec.repeat, value, epoch });
    }
    const missing = values.length === trials.length ? '' : formatCounts(trials, WITHOUT_NUMBER);
    if (values.length === 0) {
      const areWithout = trials.length > 0 && trials.every(({ state }) => WITHOUT_NUMBER.includes(state));
      if (areWithout) unscored.push({ stage, parameters, missing });
      continue;
    }
    const { mean, standardError } = meanOverRepeats(values.map(({ value }) => value));
    scored.push({
      stage,
      parameters,
      epochs,
      values,
      mean,
      adjusted: mean,
      standardError,
      asked: trials.length,
      missing,
      isStoppedEarly: trials.some(isStoppedEarly),
    });
  }
  for (const group of groupedBy(scored, ({ epochs }) => epochs).values()) {
    if (haveSameRepeats(group)) continue;
    const means = adjustedMeans(
      group.map(({ values }) => new Map(values.map(({ repeat, value }) => [repeat, value] as const))),
    );
    for (const [i, one] of group.entries()) one.adjusted = means[i] ?? one.mean;
  }
  return { scored, unscored };
}

/** Whether all settings ran on the same repeats, as in most large searches: then there is nothing to adjust. */
function haveSameRepeats(settings: readonly Compared[]): boolean {
  const repeats = settings[0]?.values.map(({ repeat }) => repeat) ?? [];
  if (new Set(repeats).size < repeats.length) return false;
  return settings.every(
    ({ values }) =>
      values.length === repeats.length && values.every(({ repeat }, i) => repeat === repeats[i]),
  );
}

/** What became of a setting in the comparison. */
export type Standing = 'chosen' | 'tied' | 'baseline' | 'compared' | 'left-early' | 'stopped-early';

/** The standing of a setting: the choice, tied with it, the baseline, or another. */
export function standings(campaign: Campaign, settings: readonly Compared[]): (one: Compared) => Standing {
  const chosen = lastFinding(campaign, 'chosen')?.parameters;
  const baseline = lastFinding(campaign, 'baseline')?.parameters;
  const ties = lastFinding(campaign, 'ties')?.settings ?? [];
  const growing = stagesFor(campaign, 'grow');
  const tied = new Set(ties.map(canonicalJson));
  const longest = settings.reduce(
    (max, { stage, epochs }) => (growing.includes(stage) ? max : Math.max(max, epochs)),
    0,
  );
  const max = settings.reduce(
    (max, { stage, asked }) => (growing.includes(stage) ? max : Math.max(max, asked)),
    0,
  );
  return ({ stage, parameters, epochs, asked, isStoppedEarly: isCut }) => {
    // Growing compares sizes and leaves none out.
    if (growing.includes(stage)) return 'compared';
    if (chosen !== undefined && isSameSetting(parameters, chosen)) return 'chosen';
    if (baseline !== undefined && isSameSetting(parameters, baseline)) return 'baseline';
    if (tied.size > 0 && tied.has(canonicalJson(parameters))) return 'tied';
    if (isCut) return 'stopped-early';
    return asked < max || epochs < longest ? 'left-early' : 'compared';
  };
}

/** What the rings in a picture of the settings mean. */
export function ringKey(
  settings: readonly Compared[],
): readonly [mark: string, role: string, meaning: string] {
  const isCut = settings.some((one) => one.isStoppedEarly);
  return ['○', 'plain', isCut ? 'left the race early, or was stopped early' : 'left the race early'];
}

/**
 * Orders settings as a race keeps them: the most epochs first, then the most repeats, then those that were not stopped
 * early, then the best mean.
 */
function byRace(goal: Goal): (a: Compared, b: Compared) => number {
  return (a, b) =>
    b.epochs - a.epochs ||
    b.asked - a.asked ||
    Number(a.isStoppedEarly) - Number(b.isStoppedEarly) ||
    (isBetter(goal, a.mean, b.mean) ? -1 : 1);
}

/** The setting that the race would keep. */
export function foremost(settings: readonly Compared[], goal: 'minimize' | 'maximize'): Compared | undefined {
  return [...settings].sort(byRace(goal))[0];
}

const sortedOf = new WeakMap<readonly Compared[], readonly Compared[]>();

/** The settings in the order of their means, which are adjusted for the repeats; the best first. */
export function sortedByMerit(settings: readonly Compared[], goal: Goal): readonly Compared[] {
  const cached = sortedOf.get(settings);
  if (cached !== undefined) return cached;
  // Of a hundred thousand settings, numbers are sorted several times as fast as objects.
  const places = placesByScore(
    Float64Array.from(settings, ({ adjusted }) => adjusted),
    goal,
  );
  const sorted = Array.from(places, (place) => settings[place]).filter((one) => one !== undefined);
  sortedOf.set(settings, sorted);
  return sorted;
}

/** The places of scores in their order, the best first. Equal scores keep their order. */
export function placesByScore(scores: Float64Array, goal: Goal): Uint32Array<ArrayBuffer> {
  const sign = goal === 'minimize' ? 1 : -1;
  return Uint32Array.from(scores, (_, place) => place).sort(
    (a, b) => sign * ((scores[a] ?? 0) - (scores[b] ?? 0)) || a - b,
  );
}

/** The first settings in the order of a race, at most `count`. */
export function firstByRace(settings: readonly Compared[], goal: Goal, count: number): readonly Compared[] {
  const compare = byRace(goal);
  const first: Compared[] = [];
  for (const one of settings) {
    const last = first.at(-1);
    if (first.length === count && last !== undefined && compare(one, last) >= 0) continue;
    let place = first.length;
    for (
      let other = first[place - 1];
      other !== undefined && compare(one, other) < 0;
      other = first[place - 1]
    )
      place -= 1;
    first.splice(place, 0, one);
    if (first.length > count) first.pop();
  }
  return first;
}

/** What a figure says where it shows some of the settings; empty where it shows all of them. */
export function sampleInWords(shown: number, all: number): string {
  return shown >= all ? '' : `The picture shows a sample of ${shown} of ${formatCount(all, 'setting')}.`;
}

/** Groups in the order in which their keys first come. */
export function groupedBy<Item, Key extends string | number>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Each value once: numbers by size, others as the config lists them, or else in the order in which they come. */
export function distinctValues(values: readonly ParameterValue[], domain?: Domain): ParameterValue[] {
  const lists = new Set<string>();
  const distinct = [...new Set(values)].filter((value) => {
    if (typeof value !== 'object') return true;
    const text = JSON.stringify(value);
    return !lists.has(text) && lists.add(text);
  });
  // Of a hundred thousand numbers, an array of numbers alone is sorted several times as fast.
  if (distinct.every((value) => typeof value === 'number')) return [...Float64Array.from(distinct).sort()];
  if (domain?.kind !== 'values') return distinct;
  const listed = domain.values.filter((value) => distinct.some((one) => isSameValue(one, value)));
  return [...listed, ...distinct.filter((one) => !listed.some((value) => isSameValue(one, value)))];
}

/** A mean with all that says how far to trust it: `mean val_loss 0.5 ± 0.02 over 4 repeats`. */
export function meanInWords(one: Compared, { name }: Metric): string {
  const error = one.standardError === null ? '' : ` ± ${formatNumber(one.standardError)}`;
  const over = formatCount(one.values.length, 'repeat');
  const adjusted =
    one.adjusted === one.mean ? '' : `; adjusted for the repeats: ${formatNumber(one.adjusted)}`;
  return `mean ${name} ${formatNumber(one.mean)}${error} over ${over}${adjusted}`;
}
