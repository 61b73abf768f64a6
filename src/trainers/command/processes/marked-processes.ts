import { setTimeout as pause } from 'node:timers/promises';
import { endProcesses } from './process-group.js';
import { type ProcessEntry, processEntry, processesWithEnvironment } from './process-table.js';

/** By this a trial's processes know, and show, which results folder they belong to. */
export const campaignVariable = 'FITFIRST_CAMPAIGN';

/** Milliseconds until the second look. */
const BETWEEN_LOOKS = 20;

/**
 * Ends all processes of a results folder that can be found: those that `others` names, and those whose environment has
 * the folder. A process that was found once is followed by its pid and start time until it is gone, whatever becomes of
 * its environment. Resolves with the number of processes that were found.
 */
export async function endMarkedProcesses(
  folder: string,
  grace: number,
  others: () => readonly ProcessEntry[] = () => [],
): Promise<number> {
  const found = new Map<number, string>();
  const living = (): ProcessEntry[] => {
    for (const entry of [...others(), ...processesWithEnvironment(campaignVariable, folder)]) {
      if (!entry.ended) found.set(entry.pid, entry.started);
    }
    return [...found].flatMap(([pid, started]) => {
      const entry = processEntry(pid);
      return entry !== null && entry.started === started && !entry.ended ? [entry] : [];
    });
  };
  if (living().length === 0) {
    // The environment of a process cannot be read for a moment while it starts a program.
    await pause(BETWEEN_LOOKS);
    if (living().length === 0) return 0;
  }
  const count = found.size;
  await endProcesses(living, grace);
  return count;
}
