import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { keyedStream } from '../../src/numeric/keyed-stream.js';
import { hasRedis, startRedis } from '../support/redis-server.js';

/** Workers that are killed; `npm run soak:redis` kills more. */
const KILLS = Number(process.env.FITFIRST_KILLS ?? 2);
const WORKERS = 3;
/** Reports between two blows. */
const REPORTS_BETWEEN = 8;
const TRIALS = 6 + 3 * KILLS;

const program = fileURLToPath(new URL('../../dist/program/main.js', import.meta.url));
const files = ['trials.csv', 'epochs.csv', 'summary.json'];

const config = `name: hard-times
trainer: {module: ./train.js}
metric: {name: val_loss, goal: minimize}
parameters: {rate: {min: 0.1, max: 0.9}, epochs: 6}
repeats: {first: 1, most: 1}
method: {random: {trials: ${TRIALS}}}
executor: {threads: {}}
`;

const train = `
import { setTimeout } from 'node:timers/promises';
export default async function* train({ rate }, { epochs }) {
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await setTimeout(60);
    yield { val_loss: rate / epoch };
  }
}
`;

type Blow = 'worker' | 'redis' | 'driver';

/** Kills of workers, with two restarts of Redis and the death of a driver among them. */
function blows(): Blow[] {
  const all: Blow[] = Array.from({ length: KILLS }, () => 'worker');
  all.splice(Math.ceil(all.length / 3), 0, 'redis');
  all.splice(Math.ceil(all.length / 2), 0, 'driver');
  all.splice(Math.ceil((2 * all.length) / 3), 0, 'redis');
  return all;
}

function start(folder: string, ...words: string[]): ChildProcess {
  return spawn(process.execPath, [program, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

describe.skipIf(!hasRedis)('a campaign over Redis in hard times (skipped without redis-server)', () => {
  it(
    'gives the files of the local run although workers and the driver are killed and Redis is restarted',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'fitfirst-hard-'));
      const path = join(folder, 'c.yaml');
      await writeFile(join(folder, 'train.js'), train);
      await writeFile(path, config);
      const local = start(folder, 'run', 'c.yaml', '--out', 'local', '--workers', '8', '--view', 'none');
      expect(await once(local, 'exit')).toEqual([0, null]);

      await using redis = await startRedis();
      await writeFile(path, config.replace('{threads: {}}', '{bullmq: {lock: 3s, check_every: 500ms}}'));
      const stream = keyedStream('hard-times', KILLS);
      const worker = (): ChildProcess => {
        const child = start(folder, 'worker', 'c.yaml', '--redis', redis.url, '--workers', '1');
        child.stdout?.resume();
        return child;
      };
      const workers = Array.from({ length: WORKERS }, worker);
      const left = blows();
      let driver: ChildProcess;
      let code: number | null = null;
      do {
        driver = start(folder, 'run', 'c.yaml', '--out', 'remote', '--redis', redis.url, '--view', 'json');
        const exit = once(driver, 'exit');
        let reports = 0;
        // The view repeats the journal first; only what follows is new.
        let isNew = false;
        for await (const line of createInterface({ input: driver.stdout ?? process.stdin })) {
          if (line.includes('"campaign-resumed"') || line.includes('"campaign-started"')) isNew = true;
          if (!isNew || !line.includes('"trial-reported"')) continue;
          reports += 1;
          if (reports % REPORTS_BETWEEN !== 0) continue;
          const blow = left.shift();
          if (blow === 'redis') await redis.restart(left.length % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
          if (blow === 'driver') await kill(driver);
          if (blow !== 'worker') continue;
          const victim = stream.below(WORKERS);
          const old = workers[victim];
          workers[victim] = worker();
          if (old !== undefined) await kill(old);
        }
        [code] = await exit;
      } while (code === null);

      expect(code).toBe(0);
      expect(left).toEqual([]);
      for (const child of workers) {
        const exit = once(child, 'exit');
        child.kill('SIGTERM');
        expect(await exit).toEqual([0, null]);
      }
      for (const name of files)
        expect(await readFile(join(folder, 'remote', name), 'utf8'), name).toBe(
          await readFile(join(folder, 'local', name), 'utf8'),
        );
      await rm(folder, { recursive: true, force: true });
    },
    60_000 + 20_000 * KILLS,
  );
});
