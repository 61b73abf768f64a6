import { existsSync, realpathSync } from 'node:fs';
import { endMarkedProcesses } from './marked-processes.js';
import { readPidFile } from './pid-file.js';
import { groupMembers } from './process-group.js';
import { processEntry, processTable } from './process-table.js';

/** Milliseconds that leftovers have to end by themselves. */
const GRACE = 2_000;

/**
 * Ends every process that an earlier run of the campaign in this folder left behind, and resolves with their number
 * when none is left. Only the run that holds the folder's lock may call it: the processes of a running campaign would
 * end too. A process that has the number of one of ours but started at another time is let alone.
 */
export async function endOrphanProcesses(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const home = realpathSync(folder);
  const leaders = readPidFile(home).filter(({ pid, started }) => processEntry(pid)?.started === started);
  return endMarkedProcesses(home, GRACE, () => {
    const table = processTable();
    return leaders.flatMap(({ pid }) => groupMembers(pid, table));
  });
}
