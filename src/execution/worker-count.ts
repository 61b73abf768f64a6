import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { posix } from 'node:path';

/** Where the count comes from. Tests replace it. */
export interface Machine {
  /** Cores that the operating system lets this process use: all, or those of its affinity mask. */
  readonly cores: () => number;
  /** The text of a file; null if it cannot be read. */
  readonly read: (path: string) => string | null;
}

const thisMachine: Machine = { cores: availableParallelism, read: readText };

/**
 * How many trials to run at once: the given number or, for `auto`, the cores that this process can use. The CPU quota
 * of a container is a share of time and not a number of cores, so it is rounded down: 2.5 cores are 2 workers. At
 * least 1.
 */
export function workerCount(workers: 'auto' | number, machine: Machine = thisMachine): number {
  if (workers !== 'auto') return Math.max(1, workers);
  return Math.max(1, Math.floor(Math.min(machine.cores(), cpuQuota(machine.read))));
}

/**
 * The CPU quota of this process in cores: the smallest of its control group and of all groups around it; infinite
 * without one. Control groups exist on Linux only, in versions 1 and 2.
 * See cgroups(7), and cpu.max and cpu.cfs_quota_us in the kernel's documentation.
 */
function cpuQuota(read: Machine['read']): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const line of (read('/proc/self/cgroup') ?? '').split('\n')) {
    const [, controllers, group] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || group === undefined) continue;
    if (controllers === '') {
      for (const folder of enclosing('/sys/fs/cgroup', group)) {
        smallest = Math.min(smallest, quotaOf(read(`${folder}/cpu.max`)?.split(' ')));
      }
    } else if (controllers.split(',').includes('cpu')) {
      for (const folder of enclosing(`/sys/fs/cgroup/${controllers}`, group)) {
        const quota = read(`${folder}/cpu.cfs_quota_us`);
        const period = read(`${folder}/cpu.cfs_period_us`);
        if (quota !== null && period !== null) smallest = Math.min(smallest, quotaOf([quota, period]));
      }
    }
  }
  return smallest;
}

/** The folder of the group and of every group around it. In a container only the outermost may exist. */
function enclosing(root: string, group: string): readonly string[] {
  const folders: string[] = [];
  for (let path = posix.normalize(group); path !== '/'; path = posix.dirname(path)) folders.push(root + path);
  return [...folders, root];
}

/** Microseconds of quota in a period; `max` or -1 means no quota. */
function quotaOf([quota, period]: readonly string[] = []): number {
  const cores = Number(quota) / Number(period);
  return cores > 0 ? cores : Number.POSITIVE_INFINITY;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Missing on other systems, or not readable for this process: no quota is known.
    return null;
  }
}
