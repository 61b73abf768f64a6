import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Whether this machine has a Redis to test with: Debian's package `redis-server`. */
export const hasRedis: boolean = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of its own, on a free port of the loopback interface and in a directory of its own. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Ends it, keeps its directory, and starts it there again. */
  restart(signal?: NodeJS.Signals): Promise<void>;
}

/** Where a Redis runs. */
export interface RedisPlace {
  /** The program and the arguments that start a command there. */
  readonly command: readonly string[];
  /** The address at which others reach it. */
  readonly address: string;
}

const HERE: RedisPlace = { command: [], address: '127.0.0.1' };

/** Starts Redis with an append-only file; `options` are further arguments. */
export async function startRedis(
  options: readonly string[] = [],
  { command, address }: RedisPlace = HERE,
): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-redis-'));
  const port = await freePort();
  const begin = async (): Promise<ChildProcess> => {
    const settings = ['--port', String(port), '--bind', address, '--dir', folder, '--save', ''];
    const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'];
    const words = [...command, 'redis-server', ...settings, ...durable, ...options];
    const [program = '', ...args] = words;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('Ready to accept connections')) break;
    }
    child.stdout.resume();
    return child;
  };
  const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  };
  let server = await begin();
  return {
    url: `redis://${address}:${port}`,
    port,
    async restart(signal = 'SIGTERM') {
      await end(server, signal);
      server = await begin();
    },
    async [Symbol.asyncDispose]() {
      await end(server, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
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
