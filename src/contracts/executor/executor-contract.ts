import type { Executor } from '../../execution/executor.js';
import type { ContractCheck } from '../contract.js';
import type { ExecutorSubject } from './executor-subject.js';
import {
  failsWhenThrown,
  failsWithoutMetric,
  failsWithoutReport,
  failsWithoutTargetMetric,
} from './failure-checks.js';
import { goingOnChecks } from './going-on-checks.js';
import {
  badReports,
  countsFromZero,
  diverges,
  endsAtTarget,
  endsBehindBounds,
  endsByPatience,
  failsOnReport,
  keepsSpec,
  passesOnReports,
} from './report-checks.js';
import { ignoresSlots, keepsToSlots } from './slot-checks.js';
import {
  closes,
  doesNotBegin,
  finishesLastEpoch,
  stopsBySignal,
  stopsWaiting,
  survivesListener,
} from './stop-checks.js';

/** What every executor has to do, wherever it runs trials. The checks share an executor, as trials of a campaign do. */
export function executorContract(subject: ExecutorSubject): readonly ContractCheck[] {
  let shared: Promise<Executor> | null = null;
  const withShared = (run: (executor: Executor) => Promise<void>) => async (): Promise<void> => {
    shared ??= subject.create(2);
    await run(await shared);
  };
  const check = (name: string, run: (executor: Executor) => Promise<void>): ContractCheck => ({
    name,
    run: withShared(run),
  });
  return [
    check('passes on every report, in order and before the run settles', (executor) =>
      passesOnReports(executor, subject),
    ),
    check('ends a trial with the first report that reaches its target', endsAtTarget),
    check('ends a trial with the first report that falls behind its bounds', endsBehindBounds),
    check('ends a trial whose metric has not improved for as long as its patience', endsByPatience),
    ...['nan', 'infinity'].map((value) =>
      check(`ends a trial as diverged at a metric of ${value}`, (executor) => diverges(executor, value)),
    ),
    check('calls a trial that throws failed, after its reports', (executor) =>
      failsWhenThrown(executor, subject),
    ),
    check('calls a trial without a report failed', (executor) => failsWithoutReport(executor, subject)),
    check('calls a trial without the metric failed', failsWithoutMetric),
    check('misses the metric of the early end too', failsWithoutTargetMetric),
    ...badReports.map(({ reports, found }) =>
      check(`calls a trial failed that reported ${found}`, (executor) =>
        failsOnReport(executor, reports, found),
      ),
    ),
    check('counts the epochs of a program from 1 that counts them from 0', countsFromZero),
    check('stops a trial when the signal says so', stopsBySignal),
    check('stops a trial that waits for something else', stopsWaiting),
    check('does not begin a trial that is stopped already', doesNotBegin),
    check('lets a trial that has had all of its epochs finish, stopped or not', finishesLastEpoch),
    check(
      'runs as many trials at once as it has slots, and refuses another until one has ended',
      keepsToSlots,
    ),
    { name: 'gives the same results with one slot and with three', run: () => ignoresSlots(subject) },
    ...goingOnChecks.map(({ name, run }) =>
      check(name, (executor) => run(executor, subject.keepsCheckpoints ?? false)),
    ),
    check('keeps the spec from a trainer that changes its parameters', keepsSpec),
    check('rejects with what its listener throws, and goes on with other trials', survivesListener),
    { name: 'stops what runs when it is closed, and takes nothing more', run: () => closes(subject) },
    {
      name: 'closes after all of this',
      run: async () => {
        const executor = await shared;
        await executor?.[Symbol.asyncDispose]();
      },
    },
  ];
}
