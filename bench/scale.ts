/**
 * Campaigns on 1,000 workers: how busy workers and driver are, by method and window, by deaths of workers, and by the
 * length of trials. Methods, run loop and lines of the journal are real; time, network and training are simulated.
 *
 *     npm run simulate:scale                     # the tables of docs/scale.md, in some minutes
 *     npm run simulate:scale -- --trials 2000    # with fewer trials, in some seconds
 *     npm run simulate:scale -- --measure        # what the driver's work costs here; needs redis-server
 */
import { parseArgs } from 'node:util';
import type { DriverCosts } from './scale/busy-driver.js';
import { measureDriver } from './scale/measure-driver.js';
import { type Scenario, type Simulated, simulateCampaign } from './scale/simulate-campaign.js';

const { values: flags } = parseArgs({
  options: {
    trials: { type: 'string', default: '100000' },
    workers: { type: 'string', default: '1000' },
    measure: { type: 'boolean', default: false },
  },
});
const TRIALS = Number(flags.trials);
const WORKERS = Number(flags.workers);
/** Trials where shorter campaigns show the same: a twentieth. */
const FEWER = Math.max(2 * WORKERS, TRIALS / 20);
const MEASURED_TRIALS = 2_000;

/** Seconds of the driver's processor, as `--measure` printed them for docs/scale.md. */
const costs: DriverCosts = { trial: 0.001141, report: 0.000025, beat: 0.00007 };

const usual = { workers: WORKERS, medianSeconds: 300, deathsPerHour: 60, costs };
const random = (trials: number): string => `method: {random: {trials: ${trials}}}`;
const tpe = (trials: number, window: number): string =>
  `method: {tpe: {trials: ${trials}, start: ${window}, window: ${window}}}`;

type Columns = readonly (readonly [heading: string, cell: (one: Simulated, of: Scenario) => string])[];

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const hours = (count: number): string => (count < 10 ? count.toFixed(2) : count.toFixed(1));

/** Prints a table in Markdown, line by line. */
async function printTable(
  title: string,
  columns: Columns,
  rows: readonly (readonly [name: string, search: string, change: Partial<Scenario>])[],
): Promise<void> {
  const line = (cells: readonly string[]): boolean => process.stdout.write(`| ${cells.join(' | ')} |\n`);
  process.stdout.write('\n');
  line([title, ...columns.map(([heading]) => heading)]);
  line(['---', ...columns.map(() => '--:')]);
  for (const [name, search, change] of rows) {
    const scenario = { ...usual, ...change, search };
    const result = await simulateCampaign(scenario);
    line([name, ...columns.map(([, cell]) => cell(result, scenario))]);
  }
}

if (flags.measure) {
  const { trial, report, beat } = await measureDriver(WORKERS, MEASURED_TRIALS);
  const milliseconds = (seconds: number): string => (1000 * seconds).toFixed(3);
  process.stdout.write(
    `Processor time of the driver: ${milliseconds(trial)} ms for a trial with a report, ` +
      `${milliseconds(report)} ms for each further report, ` +
      `${milliseconds(beat)} ms for a second of a worker that trains\n`,
  );
} else {
  await printTable(
    'method',
    [
      ['trials', ({ trials }) => `${trials}`],
      ['hours', (one) => hours(one.hours)],
      ['idle', ({ idleToEnd }) => percent(idleToEnd)],
      ['journal', ({ journalMegabytes }) => `${journalMegabytes.toFixed(0)} MB`],
      ['events a second', ({ eventsPerSecond }) => eventsPerSecond.toFixed(1)],
      ['jobs waiting, at most', ({ maxWaiting }) => `${maxWaiting}`],
      ['here, a trial', (one) => `${one.processorMilliseconds.toFixed(2)} ms`],
    ],
    [
      ['`random`', random(TRIALS), {}],
      ['`halving`', `method: {halving: {trials: ${Math.round(TRIALS / 1.44)}}}`, {}],
      ['`hyperband`, 100 rounds', `method: {hyperband: {rounds: 100, window: ${WORKERS}}}`, {}],
      // Proposals take milliseconds.
      ['`tpe`, window 8', tpe(TRIALS / 25, 8), {}],
      ['`tpe`, window 1000', tpe(Math.max(2 * WORKERS, TRIALS / 50), 1000), {}],
    ],
  );
  await printTable(
    'deaths an hour',
    [
      ['died', ({ deaths }) => `${deaths}`],
      ['hours', (one) => hours(one.hours)],
      ['training lost', ({ lost }) => percent(lost)],
      ['idle', ({ idle }) => percent(idle)],
      ['jobs waiting, at most', ({ maxWaiting }) => `${maxWaiting}`],
    ],
    [0, 10, 100, 1000].map((deathsPerHour) => [`${deathsPerHour}`, random(FEWER), { deathsPerHour }]),
  );
  await printTable(
    'median of a trial',
    [
      ['trials a second', ({ trials, hoursUntilLast }) => (trials / hoursUntilLast / 3600).toFixed(1)],
      ['events a second', ({ eventsPerSecond }) => eventsPerSecond.toFixed(0)],
      ['driver busy', ({ driverLoad }) => percent(driverLoad)],
      ['messages waiting, at most', ({ maxInbox }) => `${maxInbox}`],
      ['idle', ({ idle }) => percent(idle)],
    ],
    [600, 60, 10, 3, 1, 0.5].map((medianSeconds) => [`${medianSeconds} s`, random(FEWER), { medianSeconds }]),
  );
}
