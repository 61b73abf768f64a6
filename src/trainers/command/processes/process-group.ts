import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from '../../../text/error-message.js';
import { type ProcessEntry, processTable } from './process-table.js';

/** The living processes of a group or a session that this process leads or led. */
export function groupMembers(
  leader: number,
  table: readonly ProcessEntry[] = processTable(),
): ProcessEntry[] {
  return table.filter(
    (entry) =>
      (entry.group === leader || entry.session === leader) && !entry.ended && entry.pid !== process.pid,
  );
}

/** Whether anything of the group may still be there; cheap, and true too for what has ended unheard. */
export function groupExists(leader: number): boolean {
  return send(-leader, 0);
}

/** Milliseconds to wait for processes that were ended by force. */
const FORCE_TAKES = 5_000;

/**
 * Asks a whole group to end, and ends it by force after `grace` milliseconds. Returns true where force was needed.
 */
export async function endGroup(leader: number, grace: number): Promise<boolean> {
  return endProcesses(() => groupMembers(leader), grace, leader);
}

/** Ends whatever `living` tells of, in the same way. */
export async function endProcesses(
  living: () => readonly ProcessEntry[],
  grace: number,
  leader: number | null = null,
): Promise<boolean> {
  if (leader !== null) send(-leader, 'SIGTERM');
  else for (const { pid } of living()) send(pid, 'SIGTERM');
  if (await gone(living, grace)) return false;
  const deadline = performance.now() + FORCE_TAKES;
  // Again and again: a process may have been started between the look and the signal.
  while (performance.now() < deadline) {
    if (leader !== null) send(-leader, 'SIGKILL');
    for (const { pid } of living()) send(pid, 'SIGKILL');
    if (await gone(living, 100)) return true;
  }
  return true;
}

async function gone(living: () => readonly ProcessEntry[], within: number): Promise<boolean> {
  const deadline = performance.now() + within;
  for (let wait = 2; ; wait = Math.min(wait * 2, 50)) {
    if (living().length === 0) return true;
    const left = deadline - performance.now();
    if (left <= 0) return false;
    await pause(Math.min(wait, left));
  }
}

/** False where there is no such process (any more). */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    // A process of another user's (after setuid, say) is there, but is not ours to end.
    return errorCode(error) === 'EPERM';
  }
}
