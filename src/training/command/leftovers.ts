import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { endProcesses, groupMembers } from './process-group.js';
import { type ProcessEntry, processEntry, processesWithEnvironment, processTable } from './process-table.js';

/** By this a trial's processes know, and show, which results folder they belong to. */
export const campaignVariable = 'FITFIRST_CAMPAIGN';

const recordName = 'process.json';
const record = z.object({ pid: z.int().positive(), started: z.string() });

/** Writes down which process runs in a trial's directory, for a run that comes after this one's sudden end. */
export function recordProcess(directory: string, pid: number): void {
  const started = processEntry(pid)?.started;
  if (started === undefined) return; // it has ended already
  try {
    writeFileSync(join(directory, recordName), JSON.stringify({ pid, started }));
  } catch {
    // On a full disk the process must still be watched by whoever started it.
  }
}

/** Takes the record back when everything of the trial has ended. */
export function forgetProcess(directory: string): void {
  rmSync(join(directory, recordName), { force: true });
}

/** Milliseconds that leftovers have to end by themselves. */
const grace = 2_000;

/**
 * Ends every process that an earlier run of the campaign in this folder left behind, and resolves when none is
 * left, with their number. To be called by whoever holds the folder: processes of a run that is under way would
 * be ended too. A process that has the number of one of ours but started at another time is let alone.
 */
export async function endLeftovers(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const home = realpathSync(folder);
  const recorded = recordedProcesses(home);
  const leaders = recorded.filter(({ pid, started }) => processEntry(pid)?.started === started);
  const living = (): ProcessEntry[] => {
    const table = processTable();
    const groups = leaders.flatMap(({ pid }) => groupMembers(pid, table));
    const marked = processesWithEnvironment(campaignVariable, home).filter((entry) => !entry.ended);
    return [...new Map([...groups, ...marked].map((entry) => [entry.pid, entry])).values()];
  };
  const found = living().length;
  if (found > 0) await endProcesses(living, grace);
  for (const { directory } of recorded) forgetProcess(directory);
  return found;
}

interface Recorded {
  readonly directory: string;
  readonly pid: number;
  readonly started: string;
}

function recordedProcesses(home: string): Recorded[] {
  const trials = join(home, 'trials');
  if (!existsSync(trials)) return [];
  return readdirSync(trials).flatMap((name) => {
    const directory = join(trials, name);
    const path = join(directory, recordName);
    if (!existsSync(path)) return [];
    const parsed = record.safeParse(parse(readFileSync(path, 'utf8')));
    // A record that was cut short says nothing; where environments can be read its process is found by that.
    return parsed.success ? [{ directory, ...parsed.data }] : [];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
