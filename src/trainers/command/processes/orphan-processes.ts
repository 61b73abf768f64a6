import { existsSync, realpathSync } from 'node:fs';
import { readPidFile } from './pid-file.js';
import { endProcesses, groupMembers } from './process-group.js';
import { type ProcessEntry, processEntry, processesWithEnvironment, processTable } from './process-table.js';

/** By this a trial's processes know, and show, which results folder they belong to. */
export const campaignVariable = 'FITFIRST_CAMPAIGN';

/** Milliseconds that leftovers have to end by themselves. */
const GRACE = 2_000;

/**
 * Ends every process that an earlier run of the campaign in this folder left behind, and resolves when none is
 * left, with their number. To be called by whoever holds the folder: processes of a run that is under way would
 * be ended too. A process that has the number of one of ours but started at another time is let alone.
 */
export async function endOrphanProcesses(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const home = realpathSync(folder);
  const leaders = readPidFile(home).filter(({ pid, started }) => processEntry(pid)?.started === started);
  const living = (): ProcessEntry[] => {
    const table = processTable();
    const groups = leaders.flatMap(({ pid }) => groupMembers(pid, table));
    const marked = processesWithEnvironment(campaignVariable, home).filter((entry) => !entry.ended);
    return [...new Map([...groups, ...marked].map((entry) => [entry.pid, entry])).values()];
  };
  const found = living().length;
  if (found > 0) await endProcesses(living, GRACE);
  return found;
}
