/**
 * The launcher: a small process that starts commands, for two reasons. A process that starts another is stopped while
 * the system copies its page table, which takes milliseconds where the process is large. And the launcher goes on when
 * fitfirst is killed: it then ends what it has started, and itself.
 *
 * Its arguments are the path of a socket and the number of connections to keep ready. Commands write into these
 * connections, so that their output goes to fitfirst and not through the launcher.
 */

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { errorMessage } from '../../../text/error-message.js';
import { campaignVariable, endMarkedProcesses } from '../processes/marked-processes.js';
import { endGroup } from '../processes/process-group.js';
import { type LauncherNews, type LauncherTask, NUMBER_BYTES } from './launcher-message.js';

const [socketPath = '', atHand] = process.argv.slice(2);
const mostAtHand = Number(atHand);
/** Milliseconds until a connection that was refused is tried again. */
const PATIENCE = 100;

const connections = new Map<number, Socket>();
/** Leaders of groups that may have members. */
const groups = new Map<number, { readonly pid: number; readonly grace: number }>();
let connectionsMade = 0;
let connectionsUsed = 0;

process.title = 'fitfirst launcher';
// These signals may be sent to the whole group of fitfirst. fitfirst itself says what is to end, or is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('message', (task: LauncherTask) => {
  switch (task.kind) {
    case 'start':
      return start(task);
    case 'ping':
      return tell({ kind: 'pong' });
    case 'over':
      groups.delete(task.id);
      return;
    default:
      return task satisfies never;
  }
});
process.once('disconnect', () => void endAll());
refill();
tell({ kind: 'ready' });

function start({ id, argv, cwd, environment, grace, outputs }: LauncherTask & { kind: 'start' }): void {
  const [program = '', ...args] = argv;
  const [stdout, stderr] = outputs.map(taken);
  try {
    const stdio = ['ignore', stdout ?? 'ignore', stderr ?? 'ignore'] as const;
    const child = spawn(program, args, { cwd, env: { ...environment }, detached: true, stdio: [...stdio] });
    const { pid } = child;
    child.once('error', ({ message }) => {
      if (pid === undefined) tell({ kind: 'not-started', id, message });
    });
    child.once('exit', (code, signal) => tell({ kind: 'ended', id, code, signal }));
    if (pid !== undefined) {
      groups.set(id, { pid, grace });
      tell({ kind: 'started', id, pid });
    }
  } catch (error) {
    // A null character in an argument, say.
    tell({ kind: 'not-started', id, message: errorMessage(error) });
  }
  // The command has its own; a connection ends when everybody has closed it.
  stdout?.destroy();
  stderr?.destroy();
  connectionsUsed += outputs.length;
  if (connectionsMade - connectionsUsed < mostAtHand / 2) setImmediate(refill);
}

function taken(connection: number): Socket | undefined {
  const socket = connections.get(connection);
  connections.delete(connection);
  return socket;
}

/** Many at once, which takes both sides less than one at a time. */
function refill(): void {
  while (connectionsMade - connectionsUsed < mostAtHand) connectOnce();
}

function connectOnce(number = connectionsMade++): void {
  const socket = connect(socketPath);
  socket.once('connect', () => {
    connections.set(number, socket);
    const bytes = Buffer.alloc(NUMBER_BYTES);
    bytes.writeUInt32LE(number);
    socket.write(bytes);
  });
  socket.on('error', () => {
    // One that was made breaks only where fitfirst is gone, and 'disconnect' tells that.
    if (!connections.has(number) && process.connected) setTimeout(connectOnce, PATIENCE, number);
  });
}

function tell(news: LauncherNews): void {
  if (process.connected) process.send?.(news, () => {});
}

async function endAll(): Promise<void> {
  const all = [...groups.values()];
  await Promise.all(all.map(({ pid, grace }) => endGroup(pid, grace)));
  // What left its group and its session is found by its environment.
  const folder = process.env[campaignVariable];
  if (folder !== undefined) await endMarkedProcesses(folder, Math.max(0, ...all.map(({ grace }) => grace)));
  rmSync(dirname(socketPath), { recursive: true, force: true });
  process.exit();
}
