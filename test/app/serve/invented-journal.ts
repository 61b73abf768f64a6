import { hash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeSnapshot } from '../../../src/app/journal-snapshot/journal-snapshot.js';
import { foldJournal } from '../../../src/app/read-campaign.js';
import { WrittenFiles } from '../../../src/app/result-files/written-files.js';
import type { CampaignEntry, CampaignEvent, CampaignFacts } from '../../../src/campaign/event.js';
import type { Parameters } from '../../../src/campaign/parameters.js';
import { type TrialKey, type TrialSpec, trialKey } from '../../../src/campaign/trial.js';
import {
  type Chain,
  chainAfter,
  chainAfterHeader,
  encodeEntry,
  encodeHeader,
  JOURNAL_FORMAT,
} from '../../../src/journal/codec.js';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { version } from '../../../src/platform/version.js';
import { overviewFacts } from '../../../src/views/campaigns/campaign-overview.js';
import { countProgress } from '../../../src/views/model/progress.js';
import { reportHtml } from '../../../src/views/report/report.js';
import { searchPlan } from '../../support/plans.js';

/** The shape of a campaign that is made up. */
export interface InventedCampaign {
  readonly trials: number;
  readonly repeats?: number;
  readonly epochs?: number;
  readonly slots?: number;
  /** Whether it is concluded; else it looks interrupted. */
  readonly isConcluded?: boolean;
  /** Whether the folder has a snapshot, as those of large campaigns have. */
  readonly hasSnapshot?: boolean;
  /** Whether the folder has the record of a run that ended, with what lists show. */
  readonly isRecorded?: boolean;
  /** Whether such a folder has `report.html`, too. */
  readonly hasReport?: boolean;
}

const BATCH = 64;
const IDENTITY = { engine: 'invented', config: 'c', data: null };

/** Writes the journal of a random search with made-up scores into a folder: failures, retries and stops included. */
export async function writeInventedJournal(folder: string, shape: InventedCampaign): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'journal.jsonl');
  const file = await open(path, 'wx');
  let bytes = 0;
  let seq = 0;
  try {
    const header = encodeHeader(IDENTITY);
    let chain: Chain = chainAfterHeader(header.subarray(0, -1), { ...IDENTITY, format: JOURNAL_FORMAT });
    let lines = [header];
    bytes = header.length;
    for (const entry of inventedEntries(basename(folder), shape)) {
      seq = entry.seq;
      const line = encodeEntry(entry, chain);
      chain = chainAfter(line.subarray(0, -1), chain);
      bytes += line.length;
      lines.push(line);
      if (lines.length < 5000) continue;
      await file.write(Buffer.concat(lines));
      lines = [];
    }
    await file.write(Buffer.concat(lines));
  } finally {
    await file.close();
  }
  if (shape.hasSnapshot !== true && shape.isRecorded !== true) return;
  const state = await foldJournal(path);
  if (shape.hasSnapshot === true)
    await writeSnapshot(path, { ...state, seq, bytes, isChained: true }, new AbortController().signal);
  if (shape.isRecorded !== true) return;
  const files = new WrittenFiles({
    folder,
    config: null,
    journal: () => ({ path, durableBytes: bytes, seq }),
  });
  // None is there, and none is written.
  await files.isCurrent('summary.json');
  const { campaign, timing } = state;
  if (shape.hasReport === true) {
    const text = reportHtml(campaign, version, null, { timing, machine: null });
    await writeFile(join(folder, 'report.html'), text);
    files.wrote('report.html', hash('sha256', text));
  }
  await files.save({ overview: overviewFacts(campaign, timing), progress: countProgress(campaign) });
}

/** The entries of such a journal. */
export function* inventedEntries(name: string, shape: InventedCampaign): Generator<CampaignEntry> {
  let seq = 0;
  for (const { at, event } of inventedEvents(name, shape)) {
    seq += 1;
    yield { seq, at: new Date(at).toISOString(), event };
  }
}

/** An event at a time in milliseconds since 1970. */
interface Timed {
  readonly at: number;
  readonly event: CampaignEvent;
}

const START = Date.UTC(2026, 0, 2);

/** The facts of the campaign. */
function factsOf(name: string): CampaignFacts {
  return {
    name,
    method: 'random',
    plan: searchPlan,
    seed: 1,
    trainer: 'built-in',
    metric: { name: 'val_loss', goal: 'minimize' },
    checkpoint: 'best',
    parameters: ['hidden', 'dropout', 'learning_rate', 'activation', 'epochs'],
    space: {},
    identity: name,
    config: { trainer: 'mlp' },
    data: {
      task: 'classification',
      hash: '0',
      rows: 1000,
      dropped: [],
      inputs: 20,
      classes: ['0', '1'],
      parts: { training: 600, validation: 200, test: 200 },
      fitCeiling: 1,
      contradictingRows: 0,
    },
    findings: [],
  };
}

function* inventedEvents(name: string, shape: InventedCampaign): Generator<Timed> {
  const { trials, repeats = 3, epochs = 20, slots = 4, isConcluded = true } = shape;
  const facts = factsOf(name);
  yield { at: START, event: { type: 'campaign-started', ...facts } };
  let now = START;
  let chosen: TrialKey | null = null;
  for (let first = 0; first < trials; first += BATCH) {
    const specs = Array.from({ length: Math.min(BATCH, trials - first) }, (_, i) =>
      specOf(first + i, repeats, epochs),
    );
    const keys = specs.map((spec) => trialKey(facts.identity, spec));
    chosen ??= keys[0] ?? null;
    const stage = searchPlan.stages[0]?.name ?? 'search';
    const because = 'Draws of the search space.';
    yield {
      at: now,
      event: { type: 'batch-planned', stage, because, trials: specs, ahead: [], findings: [] },
    };
    const waiting = specs.map((spec, i) => trialEvents(keys[i] ?? trialKey(name, spec), spec, first + i));
    const running: { at: number; events: Generator<CampaignEvent>; pace: number }[] = [];
    while (waiting.length > 0 || running.length > 0) {
      while (running.length < slots) {
        const events = waiting.shift();
        if (events === undefined) break;
        running.push({ at: now, events, pace: 300 + 70 * (waiting.length % 7) });
      }
      running.sort((a, b) => a.at - b.at);
      const [soonest] = running;
      if (soonest === undefined) break;
      now = soonest.at;
      const { done, value } = soonest.events.next();
      if (done === true) running.shift();
      else yield { at: now, event: value };
      soonest.at += soonest.pace;
    }
  }
  if (!isConcluded) return;
  yield {
    at: now,
    event: {
      type: 'campaign-concluded',
      kind: 'chosen',
      chosen,
      because: 'It has the best mean.',
      findings: [],
    },
  };
}

function specOf(index: number, repeats: number, epochs: number): TrialSpec {
  const stream = keyedStream('invented', Math.floor(index / repeats));
  const parameters: Parameters = {
    hidden: [4, 8, 16, 32, 64][stream.below(5)] ?? 4,
    dropout: Math.round(stream.uniform() * 70) / 100,
    learning_rate: Number((0.0005 * 200 ** stream.uniform()).toPrecision(4)),
    activation: ['relu', 'tanh', 'sigmoid'][stream.below(3)] ?? 'relu',
    epochs,
  };
  return { parameters, repeat: 1 + (index % repeats), epochs, until: null, finish: null };
}

function* trialEvents(trial: TrialKey, spec: TrialSpec, index: number): Generator<CampaignEvent> {
  const { hidden, dropout, learning_rate, activation } = spec.parameters;
  const noise = keyedStream('invented noise', index);
  const level =
    0.25 +
    0.5 / Number(hidden) +
    0.6 * (Number(dropout) - 0.3) * (Number(dropout) - 0.3) +
    0.04 * (Math.log10(Number(learning_rate)) + 2) ** 2 +
    (activation === 'tanh' ? 0.03 : 0) +
    0.03 * noise.uniform();
  let attempt = 1;
  yield { type: 'trial-started', trial, attempt };
  if (index % 37 === 11) {
    yield { type: 'attempt-failed', trial, attempt, code: 'error', message: 'The connection was reset.' };
    attempt = 2;
    yield { type: 'trial-started', trial, attempt };
  }
  for (let epoch = 1; epoch <= spec.epochs; epoch++) {
    const left = 1 / (1 + (epoch * Number(hidden)) / 12);
    const overfit = (0.0008 * Math.max(0, epoch - 14) * Number(hidden)) / 8;
    const metrics = {
      train_loss: 0.9 * level * (0.4 + left),
      val_loss: level + left + overfit + 0.01 * noise.uniform(),
    };
    yield { type: 'trial-reported', trial, attempt, report: { epoch, metrics } };
    if (index % 53 === 7 && epoch === 3) {
      yield { type: 'trial-diverged', trial, attempt, epoch };
      return;
    }
    if (index % 61 === 5 && epoch === 2) {
      yield {
        type: 'trial-failed',
        trial,
        attempt,
        code: 'error',
        message: 'ValueError: not enough memory\n  at train',
      };
      return;
    }
  }
  yield { type: 'trial-finished', trial, attempt, reason: 'complete', evaluation: null };
}
