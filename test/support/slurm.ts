import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The user that runs Slurm, programs and tests of it: nobody, if these tests run as root. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

const PROGRAMS = ['munged', 'slurmctld', 'slurmd'];

/** Whether this machine has a Slurm to test with: Debian's packages `slurm-wlm` and `munge`. */
export const hasSlurm: boolean = PROGRAMS.every((name) => spawnSync(name, ['-V']).status === 0);

/** A Slurm in a folder, on ports and with a key of its own. Its nodes are this machine. */
export interface Slurm extends AsyncDisposable {
  /** A folder that its user can write to. */
  readonly folder: string;
  /** Starts a program as its user, with the environment that its commands need. */
  start(program: string, args: readonly string[], env?: NodeJS.ProcessEnv): ChildProcess;
  /** Runs a program as its user and resolves with what it printed. */
  output(program: string, ...args: readonly string[]): Promise<string>;
}

/** Starts Slurm with nodes of this many cores, whatever the machine has. Throws if they do not become idle. */
export async function startSlurm(cores: number, ...nodes: readonly string[]): Promise<Slurm> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-slurm-'));
  const path = (name: string): string => join(folder, name);
  const own = async (name: string): Promise<void> => {
    if (isRoot) await chown(path(name), NOBODY, NOBODY);
  };
  await own('.');
  await writeFile(path('munge.key'), randomBytes(128), { mode: 0o600 });
  const places = await Promise.all(nodes.map(async (name) => ({ name, port: await freePort() })));
  await writeFile(path('slurm.conf'), configOf(folder, cores, await freePort(), places));
  for (const name of ['state', 'spool', 'work']) await mkdir(path(name));
  for (const name of ['munge.key', 'state', 'spool', 'work']) await own(name);
  await chmod(folder, 0o755);
  const begin = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
    spawn(program, args, {
      ...asUser,
      cwd: path('work'),
      env: { ...process.env, HOME: folder, SLURM_CONF: path('slurm.conf'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const daemons: ChildProcess[] = [];
  const daemon = (program: string, args: readonly string[]): void => {
    const child = begin(program, args);
    child.stdout?.resume();
    child.stderr?.resume();
    daemons.push(child);
  };
  const output = async (program: string, ...args: readonly string[]): Promise<string> => {
    const env = { ...process.env, HOME: folder, SLURM_CONF: path('slurm.conf') };
    return (await run(program, args, { ...asUser, cwd: path('work'), env })).stdout;
  };
  const dispose = async (): Promise<void> => {
    for (const child of daemons.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await exit;
      clearTimeout(timer);
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const files = ['key-file', 'socket', 'pid-file', 'log-file', 'seed-file'];
  const names = ['munge.key', 'munge.sock', 'munge.pid', 'munge.log', 'munge.seed'];
  daemon('munged', [
    '--foreground',
    '--force',
    ...files.map((name, place) => `--${name}=${path(names[place] ?? '')}`),
  ]);
  daemon('slurmctld', ['-D', '-f', path('slurm.conf')]);
  for (const name of nodes) daemon('slurmd', ['-D', '-N', name, '-f', path('slurm.conf')]);
  try {
    await untilIdle(() => output('sinfo', '--noheader', '--format=%T'));
    return { folder: path('work'), start: begin, output, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Looks at the nodes until they can run jobs. There is no event to wait for. */
async function untilIdle(state: () => Promise<string>): Promise<void> {
  for (let look = 0; look < 300; look++) {
    const found = await state().catch((error: unknown) => String(error));
    if (found.trim() === 'idle') return;
    await pause(100);
  }
  throw new Error('the nodes of Slurm do not become idle');
}

/** No part needs privileges, cgroups or other packages. */
function configOf(
  folder: string,
  cores: number,
  controller: number,
  nodes: readonly { readonly name: string; readonly port: number }[],
): string {
  const lines = nodes.map(
    ({ name, port }) =>
      `NodeName=${name} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${port} CPUs=${cores} State=UNKNOWN`,
  );
  return `ClusterName=test
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmUser=${isRoot ? NOBODY : (process.getuid?.() ?? 0)}
SlurmdUser=${isRoot ? NOBODY : (process.getuid?.() ?? 0)}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.sock
SlurmctldPort=${controller}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool/%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd-%n.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd-%n.log
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
KillWait=2
${lines.join('\n')}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  await once(server, 'close');
  return port;
}
