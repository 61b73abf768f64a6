import { realpath } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { campaignVariable } from '../../src/trainers/command/processes/marked-processes.js';
import { processesWithEnvironment } from '../../src/trainers/command/processes/process-table.js';

/** What is struck, and how. */
export const chaosTargets = [
  'driver-killed',
  'driver-stopped',
  'driver-terminated-twice',
  'launcher-killed',
  'launcher-stopped',
  'launcher-stopped-for-good',
  'program-killed',
  'program-stopped',
] as const;
export type ChaosTarget = (typeof chaosTargets)[number];

/** Whether the run ends by it. */
export const endsDriver = (target: ChaosTarget): boolean =>
  target === 'driver-killed' || target === 'driver-terminated-twice';

/** Whether the launcher does not go on after it: another one takes its place, and its trials run again. */
export const endsLauncher = (target: ChaosTarget): boolean =>
  target === 'launcher-killed' || target === 'launcher-stopped-for-good';

/** Milliseconds that a process is stopped at most, and between two signals at most. */
const LONGEST_STOP = 3000;
const LONGEST_GAP = 500;

/** Sends the signals, if what they are for runs at this moment. */
export async function strike(
  target: ChaosTarget,
  run: {
    readonly driver: number | undefined;
    readonly results: string;
    readonly draw: (below: number) => number;
  },
): Promise<boolean> {
  const { driver, results, draw } = run;
  const [launcher, ...programs] = target.startsWith('driver') ? [] : await processesOf(results);
  switch (target) {
    case 'driver-killed':
      return send(driver, 'SIGKILL');
    case 'driver-stopped':
      return stopFor(driver, draw(LONGEST_STOP));
    case 'driver-terminated-twice': {
      const isSent = send(driver, 'SIGTERM');
      await pause(draw(LONGEST_GAP));
      send(driver, 'SIGTERM');
      return isSent;
    }
    case 'launcher-killed':
      return send(launcher, 'SIGKILL');
    case 'launcher-stopped':
      return stopFor(launcher, draw(LONGEST_STOP));
    case 'launcher-stopped-for-good':
      return send(launcher, 'SIGSTOP');
    case 'program-killed':
      return send(programs[draw(Math.max(1, programs.length))], 'SIGKILL');
    case 'program-stopped':
      return stopFor(programs[draw(Math.max(1, programs.length))], draw(LONGEST_STOP));
    default:
      return target satisfies never;
  }
}

/** The launcher and the programs of a results folder, in this order. */
export async function processesOf(results: string): Promise<number[]> {
  const folder = await realpath(results).catch(() => results);
  return processesWithEnvironment(campaignVariable, folder).map(({ pid }) => pid);
}

async function stopFor(pid: number | undefined, milliseconds: number): Promise<boolean> {
  const isStopped = send(pid, 'SIGSTOP');
  await pause(milliseconds);
  send(pid, 'SIGCONT');
  return isStopped;
}

function send(pid: number | undefined, signal: NodeJS.Signals): boolean {
  try {
    return pid !== undefined && process.kill(pid, signal);
  } catch {
    // It has ended by itself.
    return false;
  }
}
