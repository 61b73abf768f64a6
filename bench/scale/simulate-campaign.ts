import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import { canonicalJson } from '../../src/campaign/canonical-json.js';
import type { CampaignEvent } from '../../src/campaign/event.js';
import type { Report } from '../../src/campaign/report.js';
import { type TrialSpec, trialKey } from '../../src/campaign/trial.js';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { normalQuantile } from '../../src/numeric/normal.js';
import { createControls } from '../../src/runner/controls.js';
import { runCampaign } from '../../src/runner/run-campaign.js';
import { openStore } from '../../src/runner/store.js';
import type { DriverCosts } from './busy-driver.js';
import { CountingJournal } from './counting-journal.js';
import { SimulatedCluster } from './simulated-cluster.js';
import { VirtualClock } from './virtual-clock.js';

/** A campaign on a cluster. */
export interface Scenario {
  /** What the config says of the search: `method` and what belongs to it. */
  readonly search: string;
  readonly workers: number;
  /** Seconds that half of the trials with all of their epochs take at most. */
  readonly medianSeconds: number;
  readonly deathsPerHour: number;
  readonly costs: DriverCosts;
}

/** What became of it. */
export interface Simulated {
  readonly trials: number;
  /** From the start to the conclusion, and until a worker took the last trial of the search. */
  readonly hours: number;
  readonly hoursUntilLast: number;
  /** Share of the time of living workers in which they did not train, until then. */
  readonly idle: number;
  /** The same until the conclusion. */
  readonly idleToEnd: number;
  readonly deaths: number;
  /** Share of the training that was lost with workers. */
  readonly lost: number;
  /** Share of the time in which the driver was busy. */
  readonly driverLoad: number;
  /** Entries of the journal. */
  readonly eventsPerSecond: number;
  /** Messages that waited for the driver, at most. */
  readonly maxInbox: number;
  /** Jobs that waited for a worker. */
  readonly meanWaiting: number;
  readonly maxWaiting: number;
  readonly journalMegabytes: number;
  /** Of this machine, for a trial: method, run loop, state and lines of the journal, and the simulation itself. */
  readonly processorMilliseconds: number;
}

/** The spread of training times: with 0.7, one of six trials takes more than twice the median. */
const SIGMA = 0.7;
export const EPOCHS = 9;
const trainer = fileURLToPath(new URL('../trivial-trainer.js', import.meta.url));

/** The text of a config. */
export const configOf = (search: string): string => `name: scale
trainer: {module: ${JSON.stringify(trainer)}}
metric: {name: val_loss}
parameters:
  hidden: {values: [8, 16, 32, 64, 128]}
  dropout: {min: 0.0, max: 0.8}
  learning_rate: {min: 0.0001, max: 0.1, distribution: log_uniform_values}
  epochs: ${EPOCHS}
repeats: {first: 1, most: 1}
${search}`;

/** Runs a campaign with the real methods, run loop and lines of the journal. Only time and training are simulated. */
export async function simulateCampaign(scenario: Scenario): Promise<Simulated> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-scale-'));
  try {
    const path = join(folder, 'scale.yaml');
    await writeFile(path, configOf(scenario.search));
    return await simulate(scenario, await prepareCampaign(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function simulate(
  scenario: Scenario,
  { method, facts }: Awaited<ReturnType<typeof prepareCampaign>>,
): Promise<Simulated> {
  const { workers, deathsPerHour, costs, medianSeconds } = scenario;
  const clock = new VirtualClock();
  const journal = new CountingJournal<CampaignEvent>(() => clock.now * 1000);
  const store = await openStore(journal);
  await store.commit({ type: 'campaign-started', ...facts });
  const keyOf = (spec: TrialSpec): string => trialKey(facts.identity, spec);
  const executor = new SimulatedCluster(clock, {
    workers,
    deathsPerHour,
    costs,
    reportsOf,
    secondsOf: (spec) =>
      (medianSeconds *
        spec.epochs *
        Math.exp(SIGMA * normalQuantile(keyedStream('time', keyOf(spec)).uniform()))) /
      EPOCHS,
  });
  const parts = { store, executor, networks: { save: async () => {} }, controls: createControls() };
  const begun = process.cpuUsage();
  let isOver = false;
  const campaign = runCampaign(method, parts).finally(() => {
    isOver = true;
  });
  await Promise.race([clock.run(() => isOver), campaign]);
  await campaign;
  const { user, system } = process.cpuUsage(begun);
  const trials = store.campaign.trials.size;
  const { driver, busy, alive, waiting, last } = executor;
  const seconds = clock.now;
  return {
    trials,
    hours: seconds / 3600,
    hoursUntilLast: last.seconds / 3600,
    idle: 1 - last.busy / last.alive,
    idleToEnd: 1 - busy.total / alive.total,
    deaths: executor.deaths,
    lost: executor.lostSeconds / busy.total,
    driverLoad: driver.load(seconds) + workers * costs.beat,
    eventsPerSecond: journal.entriesCount / seconds,
    maxInbox: driver.maxInbox,
    meanWaiting: waiting.total / seconds,
    maxWaiting: waiting.max,
    journalMegabytes: journal.bytes / 1e6,
    processorMilliseconds: (user + system) / 1000 / trials,
  };
}

/** A loss that falls with the epochs and depends on the setting, with a little noise. */
function reportsOf({ parameters, repeat, epochs }: TrialSpec): Report[] {
  const { hidden, dropout, learning_rate: rate } = parameters;
  const noise = keyedStream('noise', canonicalJson(parameters), repeat).uniform();
  const misfit = Math.abs(Math.log2(Number(hidden) / 32)) + 4 * Math.abs(Number(dropout) - 0.3);
  const level = 0.3 + 0.05 * misfit + 0.05 * Math.abs(Math.log10(Number(rate) / 0.01)) + 0.02 * noise;
  return Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    metrics: { val_loss: level + 1 / (i + 2), train_accuracy: Math.min(1, ((i + 1) * Number(hidden)) / 128) },
  }));
}
