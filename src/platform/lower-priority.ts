import { readdirSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { systemErrorCode } from './system-error.js';

const { PRIORITY_BELOW_NORMAL } = constants.priority;

/**
 * Lets all threads of this process yield to processes of normal priority, and stays as it is if it does so already. A
 * system that does not allow it is no error. A process cannot raise its priority again.
 */
export function lowerPriority(): void {
  for (const thread of threads()) {
    try {
      if (getPriority(thread) < PRIORITY_BELOW_NORMAL) setPriority(thread, PRIORITY_BELOW_NORMAL);
    } catch (error) {
      // A thread may have ended meanwhile.
      if (systemErrorCode(error) === null) throw error;
    }
  }
}

/** On Linux, each thread has a priority of its own, and new threads take over that of the one that starts them. */
function threads(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch (error) {
    if (systemErrorCode(error) === null) throw error;
    return [0];
  }
}
