import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process as the system lists it. */
export interface ProcessEntry {
  readonly pid: number;
  /** Its process group. */
  readonly group: number;
  /** Its session; the group again where the system does not tell. */
  readonly session: number;
  /** When it started, in a form to be compared: with the pid it means one process for ever. */
  readonly started: string;
  /** True for a process that has ended and only waits for its parent to hear of it. */
  readonly ended: boolean;
}

const onLinux = process.platform === 'linux';

/** All processes that can be seen. */
export function processTable(): ProcessEntry[] {
  return onLinux ? pids().flatMap((pid) => linuxEntry(pid) ?? []) : listedByPs(['-A']);
}

/** One process; null where there is none. */
export function processEntry(pid: number): ProcessEntry | null {
  return onLinux ? linuxEntry(pid) : (listedByPs(['-p', String(pid)])[0] ?? null);
}

/** Bytes of memory that processes hold, each counted by itself. */
export function residentBytes(processes: readonly ProcessEntry[]): number {
  if (processes.length === 0) return 0;
  if (onLinux) {
    const sizes = processes.map(
      ({ pid }) => /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1],
    );
    return sizes.reduce((sum, kilobytes) => sum + Number(kilobytes ?? 0) * 1024, 0);
  }
  const text = ps(['-o', 'rss=', '-p', processes.map(({ pid }) => pid).join(',')]);
  return text.split('\n').reduce((sum, line) => sum + Number(line) * 1024, 0);
}

/**
 * Processes that were started with this in their environment, and whatever they started in turn: even one that
 * has left its group and its session. Linux only; elsewhere nobody may look.
 */
export function processesWithEnvironment(name: string, value: string): ProcessEntry[] {
  if (!onLinux) return [];
  const wanted = `\0${name}=${value}\0`;
  return pids()
    .filter((pid) => pid !== process.pid && `\0${read(`/proc/${pid}/environ`) ?? ''}`.includes(wanted))
    .flatMap((pid) => linuxEntry(pid) ?? []);
}

function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

let boot: string | null = null;

/** See proc_pid_stat(5): the name in brackets may itself hold brackets and spaces. */
function linuxEntry(pid: number): ProcessEntry | null {
  const text = read(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  boot ??= (read('/proc/sys/kernel/random/boot_id') ?? '').trim();
  const [state, , group, session] = fields;
  return {
    pid,
    group: Number(group),
    session: Number(session),
    started: `${boot}/${fields[19]}`,
    ended: state === 'Z' || state === 'X',
  };
}

function listedByPs(which: readonly string[]): ProcessEntry[] {
  const lines = ps(['-o', 'pid=,pgid=,stat=,lstart=', ...which]).split('\n');
  return lines.flatMap((line) => {
    const [, pid, group, state = '', started] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    if (pid === undefined || started === undefined) return [];
    const numbers = { pid: Number(pid), group: Number(group), session: Number(group) };
    return [{ ...numbers, started, ended: state.startsWith('Z') }];
  });
}

function ps(options: readonly string[]): string {
  try {
    const env = { ...process.env, LC_ALL: 'C' };
    return execFileSync('ps', options, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return ''; // ps says so, by its exit code, where no process is left
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null; // ended meanwhile, or another user's
  }
}
