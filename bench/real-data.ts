/**
 * fit_first on five real tables, from the configs in bench/real-data, with several seeds (each another test
 * part), beside what scikit-learn's MLP of 100 units reaches as the mean of ten random 80/20 splits. The tables
 * are not part of the project: FITFIRST_SHARED_DATA names their folder.
 */
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tune } from '../src/index.js';
import { sharedData } from '../test/support/shared-data.js';

const seeds = Number(process.env.SEEDS ?? 5);

/** Scores of sklearn.neural_network.MLPClassifier and MLPRegressor with 100 units, defaults, inputs standardised. */
const peers = {
  iris: { metric: 'accuracy', score: 0.953 },
  wisc_bc_data: { metric: 'accuracy', score: 0.967 },
  sonar: { metric: 'accuracy', score: 0.864 },
  titanic: { metric: 'accuracy', score: 0.828 },
  concrete: { metric: 'rmse', score: 5.28 },
} as const;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

if (sharedData === null) {
  console.log('The real tables are not on this machine (FITFIRST_SHARED_DATA); skipped');
} else {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-real-data-'));
  try {
    console.log(`means of ${seeds} campaigns, each with a test part of its own`);
    for (const [name, { metric, score }] of Object.entries(peers)) {
      await symlink(join(sharedData, `${name}.csv`), join(folder, `${name}.csv`));
      const config = fileURLToPath(new URL(`./real-data/${name}.yaml`, import.meta.url));
      const text = await readFile(config, 'utf8');
      const own: number[] = [];
      const without: number[] = [];
      const started = performance.now();
      for (let seed = 1; seed <= seeds; seed++) {
        const path = join(folder, `${name}-${seed}.yaml`);
        await writeFile(path, text.replace(/^seed: .*$/m, `seed: ${seed}`));
        const { summary } = await tune(path, { folder: join(folder, `${name}-${seed}`) }).result;
        const { test, baseline_test } = summary;
        own.push(test?.[metric] ?? Number.NaN);
        without.push((baseline_test ?? test)?.[metric] ?? Number.NaN);
      }
      const seconds = (performance.now() - started) / 1000 / seeds;
      console.log(
        `  ${name.padEnd(14)}${metric.padEnd(10)}fitfirst ${mean(own).toFixed(3)}  its baseline ` +
          `${mean(without).toFixed(3)}  ` +
          `scikit-learn ${score}  ${seconds.toFixed(1)} s a campaign`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
