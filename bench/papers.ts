/**
 * Trains the networks of two papers on MNIST and writes docs/papers.md: `npm run docs:papers`. Each learns from all
 * 60,000 training images for a fixed number of epochs and keeps the weights of the last. The 10,000 test images are
 * used once, at the end. Nothing is chosen by them. Some networks run with several random seeds.
 *
 * Finished runs are kept in bench/papers/runs.json under the key of their trial, so that the command goes on where
 * it stopped. Names as arguments run these alone (`npm run docs:papers -- one-layer`); `-- none` only writes the page.
 * `-- campaign` runs a whole campaign on the images as a table, and keeps what came of it in
 * bench/papers/campaign.json; it needs about an hour of two cores, and `npm run build` before.
 * The folder of MNIST's four files is `mnist` in FITFIRST_SHARED_DATA.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type TrialSpec, trialKey } from '../src/campaign/trial.js';
import { loadConfig } from '../src/config/load-config.js';
import type { Dataset } from '../src/data/dataset.js';
import { loadDataset } from '../src/data/load-dataset.js';
import { compileKernel } from '../src/kernel/kernel-module.js';
import { mlpTrainerVersion } from '../src/mlp/compiled-kernel.js';
import { createMlpTrainer } from '../src/mlp/mlp-trainer.js';
import { sharedData } from '../test/support/shared-data.js';
import { type PaperCampaign, paperCampaignSchema, runCampaign } from './papers/campaign.js';
import { type PaperNetwork, paperNetworks } from './papers/networks.js';
import { pageOfPapers } from './papers/page.js';
import { type PaperRun, paperRunSchema } from './papers/run.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const runsFile = join(root, 'bench/papers/runs.json');
const campaignFile = join(root, 'bench/papers/campaign.json');
const SEED = 1;

/** The images as a campaign would read them: bytes become 0 to 1, and nothing is standardised. */
async function mnist(folder: string): Promise<Dataset> {
  const file = (name: string): string => join(folder, 'mnist', `${name}.gz`);
  const config = {
    name: 'mnist',
    seed: SEED,
    data: {
      images: file('train-images-idx3-ubyte'),
      labels: file('train-labels-idx1-ubyte'),
      test: { images: file('t10k-images-idx3-ubyte'), labels: file('t10k-labels-idx1-ubyte') },
    },
    parameters: { hidden: { value: 16 } },
    method: 'grid',
  };
  const own = await mkdtemp(join(tmpdir(), 'fitfirst-papers-'));
  try {
    const path = join(own, 'mnist.yaml');
    await writeFile(path, stringify(config));
    const { data } = (await loadConfig(path)).config;
    if (data === null) throw new Error('the config of MNIST has no data');
    return await loadDataset(data, SEED);
  } finally {
    await rm(own, { recursive: true });
  }
}

function specOf(network: PaperNetwork): TrialSpec {
  const finish = { on: 'all', checkpoint: 'last' } as const;
  const { parameters, repeat, epochs } = network;
  return { parameters, repeat, epochs, until: null, finish };
}

/** Trains one network and looks at the test images. */
async function run(network: PaperNetwork, trainer: ReturnType<typeof createMlpTrainer>): Promise<PaperRun> {
  const before = process.cpuUsage();
  const training = trainer.train(specOf(network), {
    seed: SEED,
    metric: { name: 'train_loss', goal: 'minimize' },
    shouldStop: () => false,
    from: null,
    onCheckpoint: null,
  });
  let wrongInTraining = Number.NaN;
  for (;;) {
    const step = await training.next();
    if (step.done !== true) {
      const { epoch, metrics } = step.value;
      wrongInTraining = Math.round((1 - (metrics.train_accuracy ?? Number.NaN)) * 60_000);
      console.log(`  epoch ${epoch}: ${wrongInTraining} training images wrong`);
      continue;
    }
    const accuracy = step.value?.evaluation.test?.accuracy?.value ?? Number.NaN;
    const { user, system } = process.cpuUsage(before);
    return {
      name: network.name,
      wrongInTraining,
      wrongInTest: Math.round((1 - accuracy) * 10_000),
      processorSeconds: Math.round((user + system) / 1e6),
    };
  }
}

/** Read anew each time: other processes may have finished other runs meanwhile. */
function readRuns(): Record<string, PaperRun> {
  return z.record(z.string(), paperRunSchema).parse(JSON.parse(readFileSync(runsFile, 'utf8')));
}

/** The campaign; null if it was not run yet. */
function readCampaign(): PaperCampaign | null {
  return existsSync(campaignFile)
    ? paperCampaignSchema.parse(JSON.parse(readFileSync(campaignFile, 'utf8')))
    : null;
}

const asked = process.argv.slice(2);
const wanted = paperNetworks.filter(
  ({ name }) => asked.length === 0 || asked.some((a) => name.startsWith(a)),
);
if (sharedData === null) {
  console.log(
    'MNIST is not on this machine (FITFIRST_SHARED_DATA names the folder that holds mnist/): skipped.',
  );
} else {
  if (asked.includes('campaign')) {
    const campaign = await runCampaign(join(sharedData, 'mnist'));
    writeFileSync(campaignFile, `${JSON.stringify(campaign, null, 2)}\n`);
  }
  const dataset = await mnist(sharedData);
  const trainer = createMlpTrainer(dataset, compileKernel());
  const identity = `MNIST ${mlpTrainerVersion} ${SEED}`;
  for (const network of wanted) {
    const key = trialKey(identity, specOf(network));
    if (readRuns()[key] !== undefined) continue;
    console.log(network.name);
    const finished = await run(network, trainer);
    console.log(`  ${finished.wrongInTest} test images wrong, ${finished.processorSeconds} s of processor`);
    writeFileSync(runsFile, `${JSON.stringify({ ...readRuns(), [key]: finished }, null, 2)}\n`);
  }
  const runs = readRuns();
  const known = paperNetworks.flatMap((network) => {
    const found = runs[trialKey(identity, specOf(network))];
    return found === undefined ? [] : [{ network, run: found }];
  });
  writeFileSync(join(root, 'docs/papers.md'), pageOfPapers(known, readCampaign()));
}
