import { type Campaign, continuesPlan, type PlannedBatch } from '../../campaign/campaign.js';
import type { Finding } from '../../campaign/finding.js';
import { formatName } from '../../campaign/format-setting.js';
import { noticesOf, unsaidNotices } from '../../campaign/notices/notices.js';
import type { Settled } from '../../campaign/trial.js';
import { diagnosesOf, formatDiagnosis } from '../../diagnosis/diagnoses.js';
import { formatCount } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import { type FormattedTrial, formatAttemptFailure, formatTrial } from '../text/format-trial.js';
import { formatWithoutResult } from '../text/format-without-result.js';
import { type Asked, settledTrials } from './asked-trials.js';
import type { Snapshot } from './campaign-source.js';
import { nothingSeen, type OpenTrials, settledCount, updateOpenTrials } from './open-trials.js';
import type { AttemptFailure } from './timing.js';

/** One entry of the history that people read. */
export type HistoryEntry =
  | { readonly kind: 'headline' | 'finding' | 'progress' | 'message' | 'conclusion'; readonly text: string }
  | { readonly kind: 'plan'; readonly stage: string; readonly text: string }
  | ({ readonly kind: 'trial'; readonly number: number } & FormattedTrial);

/** How far the history of a campaign has been read. */
export interface HistoryCursor {
  readonly headline: boolean;
  readonly batches: number;
  readonly findings: number;
  /** What was noticed about the user's program and shown before the method said it. */
  readonly noticed: readonly Finding[];
  readonly trials: OpenTrials;
  readonly attemptFailures: number;
  readonly message: string | null;
  readonly concluded: boolean;
}

/** New lines of the history, and the cursor after them. */
export interface HistoryUpdate {
  readonly lines: readonly HistoryEntry[];
  readonly cursor: HistoryCursor;
}

/** Settled trials between two lines of progress. */
const PROGRESS_EVERY = 10;

const nothing: HistoryCursor = {
  headline: false,
  batches: 0,
  findings: 0,
  noticed: [],
  trials: nothingSeen,
  attemptFailures: 0,
  message: null,
  concluded: false,
};

/**
 * Joins a campaign midway: one line on its progress instead of all that happened before, and the current plan; if it is
 * concluded, how it ended.
 */
export function joinHistory(snapshot: Snapshot): HistoryUpdate {
  const { campaign, driver } = snapshot;
  const latest = campaign.batches.last();
  if (latest === undefined) return continueHistory(snapshot, nothing);
  const cursor = cursorAt(snapshot, updateOpenTrials(campaign, nothingSeen).now);
  if (campaign.conclusion !== null) {
    const text = `This campaign is concluded: ${escapeControls(campaign.conclusion.because)}`;
    return { lines: [headline(campaign, driver.slots), { kind: 'conclusion', text }], cursor };
  }
  const far: HistoryEntry = { kind: 'progress', text: resumption(campaign, cursor.trials) };
  return { lines: [headline(campaign, driver.slots), far, plan(latest)], cursor };
}

/** The history from the beginning. */
export function wholeHistory(snapshot: Snapshot): HistoryUpdate {
  return continueHistory(snapshot, nothing);
}

/** The history after a cursor, in an order in which it can have happened. */
export function continueHistory(snapshot: Snapshot, before: HistoryCursor): HistoryUpdate {
  const { campaign, driver, timing } = snapshot;
  const attemptFailures = timing.attemptFailures.skip(before.attemptFailures).toArray();
  const { now, settled } = updateOpenTrials(campaign, withReopened(campaign, before.trials, attemptFailures));
  const notices = settled.length === 0 ? [] : noticesOf(settledTrials(campaign), campaign.facts);
  const unsaid = unsaidNotices(notices, [...campaign.findings, ...before.noticed]);
  const cursor = cursorAt(snapshot, now, [...before.noticed, ...unsaid]);
  const lines: HistoryEntry[] = [];
  if (cursor.headline && !before.headline) lines.push(headline(campaign, driver.slots));
  lines.push(...entriesSince(campaign, before, settled, attemptFailures));
  lines.push(...unsaid.map(finding));
  if (tens(now) > tens(before.trials)) lines.push({ kind: 'progress', text: progress(now) });
  const { message } = driver;
  if (message !== null && message !== before.message) {
    lines.push({ kind: 'message', text: escapeControls(message) });
  }
  if (campaign.conclusion !== null && !before.concluded) {
    const without = formatWithoutResult(campaign);
    if (without !== null) lines.push({ kind: 'finding', text: without });
    for (const diagnosis of diagnosesOf(campaign)) {
      lines.push({ kind: 'finding', text: escapeControls(formatDiagnosis(diagnosis)) });
    }
    lines.push({ kind: 'conclusion', text: escapeControls(campaign.conclusion.because) });
  }
  return { lines: lines.filter((line, i) => !isRepeated(line, lines[i - 1])), cursor };
}

/** Whether a finding says the same as the one before: that no size fits is a finding and a warning. */
function isRepeated(line: HistoryEntry, previous: HistoryEntry | undefined): boolean {
  return line.kind === 'finding' && previous?.kind === 'finding' && line.text === previous.text;
}

/**
 * Trials, findings and plans: a batch's trials before the findings that came of them and before the next plan, and what
 * happened to a trial before its end.
 */
function* entriesSince(
  campaign: Campaign,
  before: HistoryCursor,
  settled: readonly Asked<Settled>[],
  attemptFailures: readonly AttemptFailure[],
): Generator<HistoryEntry> {
  const trials = [...settled];
  const findings = campaign.findings.skip(before.findings).toArray();
  const isNew = (one: Finding): boolean => unsaidNotices([one], before.noticed).length > 0;
  const settledKeys = new Set(trials.map(({ key }) => key));
  const ofTrial = (trial: Asked<Settled>): HistoryEntry[] => [
    ...attemptFailureEntries(
      campaign,
      attemptFailures.filter((failure) => failure.trial === trial.key),
    ),
    { kind: 'trial', number: trial.number, ...formatTrial(campaign, trial) },
  ];
  let asked = before.trials.asked;
  if (!before.headline) yield* findings.splice(0, campaign.facts?.findings.length ?? 0).map(finding);
  let previous = before.batches === 0 ? undefined : campaign.batches.get(before.batches - 1);
  for (const batch of campaign.batches.skip(before.batches)) {
    const earlier = trials.filter(({ number }) => number <= asked).length;
    yield* trials.splice(0, earlier).flatMap(ofTrial);
    yield* findings.splice(0, batch.findings.length).filter(isNew).map(finding);
    if (!continuesPlan(previous, batch)) yield plan(batch);
    previous = batch;
    for (const key of batch.trials) asked = Math.max(asked, campaign.trials.get(key)?.number ?? 0);
  }
  yield* trials.flatMap(ofTrial);
  yield* attemptFailureEntries(
    campaign,
    attemptFailures.filter(({ trial }) => !settledKeys.has(trial)),
  );
  yield* findings.filter(isNew).map(finding);
}

/** The failed attempts at asked trials; speculative trials have no place in the history. */
function attemptFailureEntries(
  campaign: Campaign,
  attemptFailures: readonly AttemptFailure[],
): HistoryEntry[] {
  return attemptFailures.flatMap((failure): HistoryEntry[] => {
    const trial = campaign.trials.get(failure.trial);
    if (trial === undefined || trial.number === null) return [];
    return [{ kind: 'trial', number: trial.number, ...formatAttemptFailure(campaign, trial, failure) }];
  });
}

/** Reopens trials that were reported as settled and now wait again. */
function withReopened(
  campaign: Campaign,
  trials: OpenTrials,
  attemptFailures: readonly AttemptFailure[],
): OpenTrials {
  const reopened = attemptFailures.flatMap(({ kind, trial }) => {
    const number = campaign.trials.get(trial)?.number ?? null;
    return kind !== 'reopened' || number === null || number > trials.asked ? [] : [number];
  });
  if (reopened.length === 0) return trials;
  return { ...trials, open: [...new Set([...trials.open, ...reopened])].sort((a, b) => a - b) };
}

function cursorAt(
  { campaign, driver, timing }: Snapshot,
  trials: OpenTrials,
  noticed: readonly Finding[] = [],
): HistoryCursor {
  return {
    headline: campaign.facts !== null,
    batches: campaign.batches.size,
    findings: campaign.findings.size,
    noticed,
    trials,
    attemptFailures: timing.attemptFailures.size,
    message: driver.message,
    concluded: campaign.conclusion !== null,
  };
}

function headline({ facts }: Campaign, slots: number | null): HistoryEntry {
  if (facts === null) return { kind: 'headline', text: '' };
  const goal = facts.metric.goal === 'minimize' ? 'smallest' : 'largest';
  const workers = slots === null || slots === 0 ? '' : `, ${formatCount(slots, 'worker')}`;
  const text =
    `${escapeControls(facts.name)}: ${formatName(facts.method)}, ${goal} ` +
    `${escapeControls(facts.metric.name)}${workers}`;
  return { kind: 'headline', text };
}

function plan({ stage, because }: PlannedBatch): HistoryEntry {
  return { kind: 'plan', stage: formatName(stage), text: escapeControls(because) };
}

function finding({ because }: Finding): HistoryEntry {
  return { kind: 'finding', text: escapeControls(because) };
}

const tens = (trials: OpenTrials): number => Math.floor(settledCount(trials) / PROGRESS_EVERY);

function progress(trials: OpenTrials): string {
  return `${settledCount(trials)} of ${formatCount(trials.asked, 'trial')} done`;
}

function resumption(campaign: Campaign, trials: OpenTrials): string {
  const begun = trials.open.filter((number) => {
    const key = campaign.asked.get(number - 1);
    const trial = key === undefined ? undefined : campaign.trials.get(key);
    return trial?.state === 'waiting' && trial.attempts > 0;
  }).length;
  const again =
    begun === 0
      ? ''
      : `; ${formatCount(begun, 'interrupted trial')} ${begun === 1 ? 'starts' : 'start'} over`;
  return `Resuming: ${progress(trials)}${again}.`;
}

/** A line as plain text. */
export function formatHistoryEntry(line: HistoryEntry): string {
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
