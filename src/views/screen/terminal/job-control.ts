import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Stops this process and those that were started with it, as Ctrl-Z does, until a shell continues them. */
export function stopJob(): void {
  // The whole group, so that the shell notices also where npm or npx stands between. Where no shell looks after
  // the group, the system passes over it.
  process.kill(0, 'SIGTSTP');
}

/**
 * Whether the terminal listens to this process: after `bg` it does not, and who draws or asks for keys then is
 * stopped by the system. If that is unknown, it does.
 */
export function isForeground(): boolean {
  const groups = processGroups();
  return groups === null || groups.terminal === groups.own || groups.terminal <= 0;
}

interface ProcessGroups {
  readonly own: number;
  /** The group that the terminal listens to; 0 or less without a terminal. */
  readonly terminal: number;
}

function processGroups(): ProcessGroups | null {
  try {
    // Linux tells without any program. The fields follow the name of the program, which may have spaces.
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { own: Number(fields[2]), terminal: Number(fields[5]) };
  } catch {
    return groupsFromPs();
  }
}

function groupsFromPs(): ProcessGroups | null {
  try {
    const said = execFileSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(process.pid)], { encoding: 'utf8' });
    const [own = Number.NaN, terminal = Number.NaN] = said.trim().split(/\s+/).map(Number);
    return Number.isNaN(own) || Number.isNaN(terminal) ? null : { own, terminal };
  } catch {
    return null;
  }
}
