import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { prepareCampaign } from '../../../src/app/prepare-campaign.js';
import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { formatError } from '../../../src/cli/format-error.js';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import type { FuzzKind, FuzzOutcome } from './fuzz-kind.js';
import { mutateBytes, mutateValue, pick } from './mutate.js';

const folderOfConfigs = fileURLToPath(new URL('../../../configs/', import.meta.url));
const search = 'parameters: {hidden: {values: [2, 4]}, dropout: {min: 0, max: 0.5}, epochs: 5}\n';
const table = `data: {path: table.csv, target: kind, split: {folds: 3}, columns: {b: {as: categories}}}\n`;
const sound = [
  ...readdirSync(folderOfConfigs).map((name) => readFileSync(folderOfConfigs + name, 'utf8')),
  `name: own\n${table}${search}method: {random: {trials: 9}}\nmetric: {name: val_accuracy, goal: maximize}\n`,
  `${search}trainer: {command: [sh, -c, 'echo \${hidden}'], report: {pattern: 'loss (?<val_loss>\\S+)'}}\n` +
    'metric: {name: val_loss}\nmethod: {random: {trials: 3}}\n',
  `${search}trainer: {command: [sh, run.sh], env: {A: b}, timeout: 3s, grace: 1s}\nmetric: {name: val_loss}\n` +
    'method: {random: {trials: 4}}\n',
  `${search}trainer: {module: train.mjs}\nmetric: {name: val_loss}\nmethod: fit_first\n` +
    'fit_first: {grow: hidden, dropout: [dropout], fit: {metric: train_loss, reach: 0.1}}\n',
];

/** Configs, read as `validate` and `run` read them, with their data. */
export const configs: FuzzKind = {
  async attempt(seed, number, folder): Promise<FuzzOutcome> {
    const random = keyedStream('fuzz configs', seed, number);
    const text = pick(sound, random);
    let bytes: Buffer = Buffer.from(text);
    if (number % 2 === 0) {
      const config: unknown = parse(text);
      for (let times = 1 + random.below(4); times > 0; times--) mutateValue(config, random);
      bytes = Buffer.from(stringify(config));
    } else for (let times = 1 + random.below(3); times > 0; times--) bytes = mutateBytes(bytes, random);
    const path = join(folder, 'config.yaml');
    writeFileSync(path, bytes);
    writeFileSync(join(folder, 'table.csv'), 'a,b,kind\n1,x,u\n2,y,v\n3,x,u\n4,y,v\n5,x,u\n6,y,v\n');
    writeFileSync(join(folder, 'train.mjs'), 'export default async function* () {}\n');
    writeFileSync(join(folder, 'run.sh'), 'true\n');
    try {
      await prepareCampaign(path);
      return { name: 'sound', message: null };
    } catch (error) {
      const name = error instanceof FitfirstError ? error.code : 'an error of no kind';
      return { name, message: formatError(error) };
    }
  },
};
