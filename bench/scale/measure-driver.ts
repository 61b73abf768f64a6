import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import type { StoredEvent } from '../../src/campaign/event.js';
import { parseCampaignEvent } from '../../src/journal/campaign-event.js';
import { FileJournal } from '../../src/journal/file-journal.js';
import { proofOf } from '../../src/remote/campaign-proof.js';
import { createQueueExecutor } from '../../src/remote/driver/queue-executor.js';
import { queueNames } from '../../src/remote/queue-names.js';
import { resolveRedisAddress } from '../../src/remote/redis-address.js';
import { loadQueueLibraries } from '../../src/remote/redis-connection.js';
import { createControls } from '../../src/runner/controls.js';
import { runCampaign } from '../../src/runner/run-campaign.js';
import { openStore } from '../../src/runner/store.js';
import { startRedis } from '../../test/support/redis-server.js';
import { createStatusFeed } from '../../test/support/status-feed.js';
import type { DriverCosts } from './busy-driver.js';
import { configOf, EPOCHS } from './simulate-campaign.js';

/** Milliseconds for which workers only train and give signs of life. */
const TRAINING = 10_000;
/** Workers among which trials are measured: few, so that their signs of life take no time. */
const FEW = 64;

/** Measures the processor time of a real driver, with a real Redis, whose workers another process plays. */
export async function measureDriver(workers: number, trials: number): Promise<DriverCosts> {
  const training = await measure(workers, 2 * workers, 0);
  const beat = training.processorSeconds / training.seconds / workers;
  const perTrial = async (reports: number): Promise<number> => {
    const { seconds, processorSeconds } = await measure(FEW, trials, reports);
    return (processorSeconds - seconds * FEW * beat) / trials;
  };
  const trial = await perTrial(1);
  return { beat, trial, report: ((await perTrial(EPOCHS)) - trial) / (EPOCHS - 1) };
}

interface Measured {
  readonly seconds: number;
  readonly processorSeconds: number;
}

async function measure(workers: number, trials: number, reports: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-driver-'));
  await using redis = await startRedis();
  const names = queueNames(`measure-${randomUUID()}`);
  const path = join(folder, 'measure.yaml');
  await writeFile(path, configOf(`method: {random: {trials: ${Math.max(1, trials)}}}\n`));
  const { method, facts } = await prepareCampaign(path);
  const { onStatus, until } = createStatusFeed();
  const executor = await createQueueExecutor({
    address: resolveRedisAddress(redis.url, {}),
    names,
    libraries: await loadQueueLibraries(),
    proof: proofOf(facts),
    maxSlots: workers,
    folder,
    onStatus,
  });
  const fleet = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      fileURLToPath(new URL('fleet.ts', import.meta.url)),
      redis.url,
      names.queue,
      `${workers}`,
      `${reports}`,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  try {
    await until(({ slots }) => slots === workers);
    await using journal = await FileJournal.open<StoredEvent>({
      folder: join(folder, 'results'),
      identity: { engine: 'bench', config: 'bench', data: null },
      parseEvent: parseCampaignEvent,
      now: () => new Date(),
    });
    const store = await openStore(journal);
    await store.commit({ type: 'campaign-started', ...facts });
    const controls = createControls();
    const isTraining = new Promise<void>((resolve) => {
      let started = 0;
      store.onEntry(({ event }) => {
        if (event.type === 'trial-started' && ++started === workers) resolve();
      });
    });
    let meter = startMeter();
    const campaign = runCampaign(method, { store, executor, networks: { save: async () => {} }, controls });
    if (reports === 0) {
      await isTraining;
      meter = startMeter();
      await pause(TRAINING);
    } else await campaign;
    const measured = meter();
    controls.stop();
    await campaign;
    return measured;
  } finally {
    await executor[Symbol.asyncDispose]();
    const exit = once(fleet, 'exit');
    fleet.kill();
    await exit;
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns a function that tells how much time has passed, for everybody and for this process. */
function startMeter(): () => Measured {
  const [begun, usage] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(usage);
    return { seconds: (performance.now() - begun) / 1e3, processorSeconds: (user + system) / 1e6 };
  };
}
