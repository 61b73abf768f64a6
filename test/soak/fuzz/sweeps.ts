import { parse, stringify } from 'yaml';
import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { formatError } from '../../../src/cli/format-error.js';
import { convertSweep } from '../../../src/config/sweep/convert-sweep.js';
import { keyedStream } from '../../../src/numeric/keyed-stream.js';
import { escapeControls } from '../../../src/text/quote.js';
import type { FuzzKind, FuzzOutcome } from './fuzz-kind.js';
import { mutateBytes, mutateValue } from './mutate.js';

const sound = `
program: train.py
method: bayes
run_cap: 40
metric: {name: val_acc, goal: maximize, target: 0.99}
early_terminate: {type: hyperband, min_iter: 3}
command: ["\${env}", python3, "\${program}", "\${args_no_hyphens}"]
parameters:
  epochs: {value: 10}
  batch_size: {values: [32, 64]}
  lr: {distribution: log_uniform, min: -9.21034, max: -2.302585}
  decay: {distribution: inv_log_uniform_values, min: 0.001, max: 0.1}
  optimizer: {parameters: {name: {values: [adam, sgd]}, momentum: {distribution: q_uniform, min: 0, max: 1, q: 0.1}}}
`;

/** Sweeps of W&B, as `import` reads them. */
export const sweeps: FuzzKind = {
  async attempt(seed, number): Promise<FuzzOutcome> {
    const random = keyedStream('fuzz sweeps', seed, number);
    let text = sound;
    if (number % 2 === 0) {
      const sweep: unknown = parse(sound);
      for (let times = 1 + random.below(4); times > 0; times--) mutateValue(sweep, random);
      text = stringify(sweep);
    } else {
      let bytes: Buffer = Buffer.from(sound);
      for (let times = 1 + random.below(3); times > 0; times--) bytes = mutateBytes(bytes, random);
      text = bytes.toString();
    }
    try {
      const { notes } = convertSweep(text, 's.yaml');
      return { name: 'converted', message: notes.map(escapeControls).join('\n') };
    } catch (error) {
      const name = error instanceof FitfirstError ? error.code : 'an error of no kind';
      return { name, message: formatError(error) };
    }
  },
};
