import type { Campaign } from '../../campaign/campaign.js';
import { isSettled, type Settled } from '../../campaign/trial.js';
import { type Asked, isAsked } from '../asked-trials.js';
import type { Snapshot } from '../campaign-source.js';
import { trialInWords } from '../trial-in-words.js';
import { countText, nameInWords, printable } from '../wording.js';

/** After how many settled trials a line says how far the campaign is. */
const progressEvery = 10;

/** What has been said of a campaign so far. */
export interface Said {
  readonly headline: boolean;
  readonly batches: number;
  readonly findings: number;
  /** Numbers of the asked trials that were not settled when last looked at. */
  readonly open: ReadonlySet<number>;
  readonly asked: number;
  readonly message: string | null;
  readonly concluded: boolean;
}

/** Lines, and what has been said after them. */
export interface Saying {
  readonly lines: readonly string[];
  readonly said: Said;
}

const nothing: Said = {
  headline: false,
  batches: 0,
  findings: 0,
  open: new Set(),
  asked: 0,
  message: null,
  concluded: false,
};

/** The lines with which a campaign is taken up; of what was before only how far it is and what goes on. */
export function firstLines(snapshot: Snapshot): Saying {
  const { campaign, driver } = snapshot;
  const latest = campaign.batches.last();
  if (latest === undefined) return nextLines(snapshot, nothing);
  const said = saidOf(snapshot, openAmong(campaign, range(1, campaign.asked.size)));
  const lines = [headline(campaign, driver.slots), `Going on: ${progress(said)}.`, planLine(latest)];
  return { lines, said };
}

/** What is to be said of a snapshot beyond what has been said. */
export function nextLines(snapshot: Snapshot, before: Said): Saying {
  const { campaign, driver } = snapshot;
  const candidates = [...before.open, ...range(before.asked + 1, campaign.asked.size)];
  const said = saidOf(snapshot, openAmong(campaign, candidates));
  const lines: string[] = [];
  if (said.headline && !before.headline) lines.push(headline(campaign, driver.slots));
  for (const number of candidates) {
    const trial = askedTrial(campaign, number);
    if (trial !== undefined && isSettled(trial)) lines.push(trialLine(campaign, trial));
  }
  for (const { because } of campaign.findings.skip(before.findings)) lines.push(findingLine(because));
  if (tens(said) > tens(before)) lines.push(`  ${progress(said)}`);
  for (const batch of campaign.batches.skip(before.batches)) lines.push(planLine(batch));
  if (driver.message !== null && driver.message !== before.message) lines.push(printable(driver.message));
  if (said.concluded && !before.concluded) lines.push(printable(campaign.conclusion?.because ?? ''));
  return { lines, said };
}

function saidOf({ campaign, driver }: Snapshot, open: ReadonlySet<number>): Said {
  return {
    headline: campaign.facts !== null,
    batches: campaign.batches.size,
    findings: campaign.findings.size,
    open,
    asked: campaign.asked.size,
    message: driver.message,
    concluded: campaign.conclusion !== null,
  };
}

function openAmong(campaign: Campaign, numbers: readonly number[]): ReadonlySet<number> {
  return new Set(numbers.filter((number) => !isSettled(askedTrial(campaign, number))));
}

function askedTrial(campaign: Campaign, number: number): Asked | undefined {
  const key = campaign.asked.get(number - 1);
  const trial = key === undefined ? undefined : campaign.trials.get(key);
  return trial !== undefined && isAsked(trial) ? trial : undefined;
}

const settledIn = (said: Said): number => said.asked - said.open.size;

const tens = (said: Said): number => Math.floor(settledIn(said) / progressEvery);

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

function headline({ facts }: Campaign, slots: number | null): string {
  if (facts === null) return '';
  const goal = facts.metric.goal === 'minimize' ? 'smallest' : 'largest';
  const workers = slots === null ? '' : `, ${countText(slots, 'worker')}`;
  return `${printable(facts.name)}: ${nameInWords(facts.method)}, ${goal} ${printable(facts.metric.name)}${workers}`;
}

const planLine = ({ stage, because }: { readonly stage: string; readonly because: string }): string =>
  `${nameInWords(stage)}: ${printable(because)}`;

const findingLine = (because: string): string => `  → ${printable(because)}`;

function trialLine(campaign: Campaign, trial: Asked<Settled>): string {
  const { mark, how, setting, result } = trialInWords(campaign, trial);
  return `  ${mark} #${trial.number} ${how}: ${setting}: ${result}`;
}

function progress(said: Said): string {
  return `${settledIn(said)} of ${countText(said.asked, 'trial')} done`;
}
