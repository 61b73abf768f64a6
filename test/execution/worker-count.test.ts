import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type Machine, workerCount } from '../../src/execution/worker-count.js';

function machine(cores: number, files: Readonly<Record<string, string>> = {}): Machine {
  return { cores: () => cores, read: (path) => files[path] ?? null };
}

describe('the number of workers', () => {
  it('is the number asked for, whatever the machine has', () => {
    expect(workerCount(5, machine(2))).toBe(5);
  });

  it('is at least one', () => {
    expect(workerCount(0, machine(2))).toBe(1);
    expect(workerCount('auto', machine(0))).toBe(1);
  });

  it('is that of the cores that the process may run on, where nothing is said of a quota', () => {
    expect(workerCount('auto', machine(6))).toBe(6);
  });

  it('is, on this machine, between one and its cores', () => {
    const count = workerCount('auto');
    expect(count).toBeGreaterThanOrEqual(1);
    expect(count).toBeLessThanOrEqual(availableParallelism());
  });
});

describe('the number of workers under control groups of version 2', () => {
  const inContainer = (quota: string): Machine =>
    machine(16, { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': `${quota}\n` });

  it('is the quota in whole cores', () => {
    expect(workerCount('auto', inContainer('400000 100000'))).toBe(4);
    expect(workerCount('auto', inContainer('250000 100000'))).toBe(2);
  });

  it('is one where the quota is less than a core', () => {
    expect(workerCount('auto', inContainer('50000 100000'))).toBe(1);
  });

  it('is that of the cores without a quota', () => {
    expect(workerCount('auto', inContainer('max 100000'))).toBe(16);
  });

  it('is that of the cores where the quota is larger', () => {
    expect(workerCount('auto', inContainer('6400000 100000'))).toBe(16);
  });

  it('heeds the tightest of the group and the groups around it', () => {
    const files = {
      '/proc/self/cgroup': '0::/user.slice/job.scope\n',
      '/sys/fs/cgroup/user.slice/cpu.max': '300000 100000\n',
      '/sys/fs/cgroup/user.slice/job.scope/cpu.max': '800000 100000\n',
    };
    expect(workerCount('auto', machine(16, files))).toBe(3);
  });
});

describe('the number of workers under control groups of version 1', () => {
  const groups = '12:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n3:cpuset:/docker/abc\n0::/system.slice\n';

  it('is the quota of the own group', () => {
    const files = {
      '/proc/self/cgroup': groups,
      '/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_quota_us': '200000\n',
      '/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_period_us': '100000\n',
    };
    expect(workerCount('auto', machine(16, files))).toBe(2);
  });

  it('is the quota of the outermost group where a container shows only that', () => {
    const files = {
      '/proc/self/cgroup': groups,
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '150000\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '50000\n',
    };
    expect(workerCount('auto', machine(16, files))).toBe(3);
  });

  it('is that of the cores where the quota is -1', () => {
    const files = {
      '/proc/self/cgroup': groups,
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
    };
    expect(workerCount('auto', machine(16, files))).toBe(16);
  });
});
