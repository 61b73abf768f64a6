import { type Campaign, continuesPlan, type PlannedBatch } from '../../campaign/campaign.js';
import type { Finding } from '../../campaign/finding.js';
import { formatName } from '../../campaign/format-setting.js';
import type { Settled } from '../../campaign/trial.js';
import { formatCount } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import { type FormattedTrial, formatAttemptFailure, formatTrial } from '../text/format-trial.js';
import type { Asked } from './asked-trials.js';
import type { Snapshot } from './campaign-source.js';
import { look, neverLooked, type OpenTrials, settledCount } from './open-trials.js';
import type { AttemptFailure } from './timing.js';

/** One thing that happened, for people. */
export type ChronicleLine =
  | { readonly kind: 'headline' | 'finding' | 'progress' | 'message' | 'conclusion'; readonly text: string }
  | { readonly kind: 'plan'; readonly stage: string; readonly text: string }
  | ({ readonly kind: 'trial'; readonly number: number } & FormattedTrial);

/** What has been told of a campaign so far. */
export interface HistoryCursor {
  readonly headline: boolean;
  readonly batches: number;
  readonly findings: number;
  readonly trials: OpenTrials;
  readonly setbacks: number;
  readonly message: string | null;
  readonly concluded: boolean;
}

/** Lines, and what has been told with them. */
export interface Telling {
  readonly lines: readonly ChronicleLine[];
  readonly told: HistoryCursor;
}

/** After how many settled trials a line says how far the campaign is. */
const PROGRESS_EVERY = 10;

const nothing: HistoryCursor = {
  headline: false,
  batches: 0,
  findings: 0,
  trials: neverLooked,
  setbacks: 0,
  message: null,
  concluded: false,
};

/** How a campaign is taken up: of what was before only how far it is, and what goes on. */
export function takeUp(snapshot: Snapshot): Telling {
  const { campaign, driver } = snapshot;
  const latest = campaign.batches.last();
  if (latest === undefined) return goOn(snapshot, nothing);
  const told = toldWith(snapshot, look(campaign, neverLooked).now);
  const far: ChronicleLine = { kind: 'progress', text: goingOn(campaign, told.trials) };
  return { lines: [headline(campaign, driver.slots), far, plan(latest)], told };
}

/** All that happened so far. */
export function fromTheBeginning(snapshot: Snapshot): Telling {
  return goOn(snapshot, nothing);
}

/** What happened beyond what has been told, in an order in which it can have happened. */
export function goOn(snapshot: Snapshot, before: HistoryCursor): Telling {
  const { campaign, driver, timing } = snapshot;
  const setbacks = timing.setbacks.skip(before.setbacks).toArray();
  const { now, settled } = look(campaign, withReopened(campaign, before.trials, setbacks));
  const told = toldWith(snapshot, now);
  const lines: ChronicleLine[] = [];
  if (told.headline && !before.headline) lines.push(headline(campaign, driver.slots));
  lines.push(...story(campaign, before, settled, setbacks));
  if (tens(now) > tens(before.trials)) lines.push({ kind: 'progress', text: progress(now) });
  const { message } = driver;
  if (message !== null && message !== before.message) {
    lines.push({ kind: 'message', text: escapeControls(message) });
  }
  if (campaign.conclusion !== null && !before.concluded) {
    lines.push({ kind: 'conclusion', text: escapeControls(campaign.conclusion.because) });
  }
  return { lines, told };
}

/**
 * Trials, findings and plans: a batch's trials before the findings that came of them and before the next plan, and what
 * befell a trial before its end.
 */
function* story(
  campaign: Campaign,
  before: HistoryCursor,
  settled: readonly Asked<Settled>[],
  setbacks: readonly AttemptFailure[],
): Generator<ChronicleLine> {
  const trials = [...settled];
  const findings = campaign.findings.skip(before.findings).toArray();
  const settledKeys = new Set(trials.map(({ key }) => key));
  const ofTrial = (trial: Asked<Settled>): ChronicleLine[] => [
    ...setbackLines(
      campaign,
      setbacks.filter((setback) => setback.trial === trial.key),
    ),
    { kind: 'trial', number: trial.number, ...formatTrial(campaign, trial) },
  ];
  let asked = before.trials.asked;
  if (!before.headline) yield* findings.splice(0, campaign.facts?.findings.length ?? 0).map(finding);
  let previous = before.batches === 0 ? undefined : campaign.batches.get(before.batches - 1);
  for (const batch of campaign.batches.skip(before.batches)) {
    const earlier = trials.filter(({ number }) => number <= asked).length;
    yield* trials.splice(0, earlier).flatMap(ofTrial);
    yield* findings.splice(0, batch.findings.length).map(finding);
    if (!continuesPlan(previous, batch)) yield plan(batch);
    previous = batch;
    for (const key of batch.trials) asked = Math.max(asked, campaign.trials.get(key)?.number ?? 0);
  }
  yield* trials.flatMap(ofTrial);
  yield* setbackLines(
    campaign,
    setbacks.filter(({ trial }) => !settledKeys.has(trial)),
  );
  yield* findings.map(finding);
}

/** Of trials that only ride along nothing is told. */
function setbackLines(campaign: Campaign, setbacks: readonly AttemptFailure[]): ChronicleLine[] {
  return setbacks.flatMap((setback): ChronicleLine[] => {
    const trial = campaign.trials.get(setback.trial);
    if (trial === undefined || trial.number === null) return [];
    return [{ kind: 'trial', number: trial.number, ...formatAttemptFailure(campaign, trial, setback) }];
  });
}

/** A trial whose end was told, and that waits again, will have another one. */
function withReopened(
  campaign: Campaign,
  trials: OpenTrials,
  setbacks: readonly AttemptFailure[],
): OpenTrials {
  const reopened = setbacks.flatMap(({ kind, trial }) => {
    const number = campaign.trials.get(trial)?.number ?? null;
    return kind !== 'reopened' || number === null || number > trials.asked ? [] : [number];
  });
  if (reopened.length === 0) return trials;
  return { ...trials, open: [...new Set([...trials.open, ...reopened])].sort((a, b) => a - b) };
}

function toldWith({ campaign, driver, timing }: Snapshot, trials: OpenTrials): HistoryCursor {
  return {
    headline: campaign.facts !== null,
    batches: campaign.batches.size,
    findings: campaign.findings.size,
    trials,
    setbacks: timing.setbacks.size,
    message: driver.message,
    concluded: campaign.conclusion !== null,
  };
}

function headline({ facts }: Campaign, slots: number | null): ChronicleLine {
  if (facts === null) return { kind: 'headline', text: '' };
  const goal = facts.metric.goal === 'minimize' ? 'smallest' : 'largest';
  const workers = slots === null ? '' : `, ${formatCount(slots, 'worker')}`;
  const text = `${escapeControls(facts.name)}: ${formatName(facts.method)}, ${goal} ${escapeControls(facts.metric.name)}${workers}`;
  return { kind: 'headline', text };
}

function plan({ stage, because }: PlannedBatch): ChronicleLine {
  return { kind: 'plan', stage: formatName(stage), text: escapeControls(because) };
}

function finding({ because }: Finding): ChronicleLine {
  return { kind: 'finding', text: escapeControls(because) };
}

const tens = (trials: OpenTrials): number => Math.floor(settledCount(trials) / PROGRESS_EVERY);

function progress(trials: OpenTrials): string {
  return `${settledCount(trials)} of ${formatCount(trials.asked, 'trial')} done`;
}

function goingOn(campaign: Campaign, trials: OpenTrials): string {
  const begun = trials.open.filter((number) => {
    const key = campaign.asked.get(number - 1);
    const trial = key === undefined ? undefined : campaign.trials.get(key);
    return trial?.state === 'waiting' && trial.attempts > 0;
  }).length;
  const again = begun === 0 ? '' : `; ${formatCount(begun, 'trial')} that had begun will be tried again`;
  return `Going on: ${progress(trials)}${again}.`;
}

/** A line as plain text. */
export function chronicleText(line: ChronicleLine): string {
  switch (line.kind) {
    case 'headline':
    case 'message':
    case 'conclusion':
      return line.text;
    case 'progress':
      return `  ${line.text}`;
    case 'plan':
      return `${line.stage}: ${line.text}`;
    case 'finding':
      return `  → ${line.text}`;
    case 'trial':
      return `  ${line.mark} #${line.number} ${line.how}: ${line.setting}: ${line.result}`;
    default:
      return line satisfies never;
  }
}
