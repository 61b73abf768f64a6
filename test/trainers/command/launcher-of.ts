import { readFileSync } from 'node:fs';
import { campaignVariable } from '../../../src/trainers/command/processes/marked-processes.js';
import { processesWithEnvironment } from '../../../src/trainers/command/processes/process-table.js';

/** The process by which the driver that runs in this results folder starts commands; Linux only. */
export function launcherOf(folder: string): number {
  const launchers = processesWithEnvironment(campaignVariable, folder).filter(({ pid }) =>
    readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('fitfirst launcher'),
  );
  if (launchers.length !== 1) throw new Error(`${launchers.length} launchers run in ${folder}.`);
  return launchers[0]?.pid ?? 0;
}
