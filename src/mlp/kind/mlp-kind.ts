import { z } from 'zod';
import { largestValue } from '../../campaign/domain.js';
import type { Finding } from '../../campaign/finding.js';
import type { SearchSpace } from '../../campaign/search-space.js';
import type { Dataset } from '../../data/dataset.js';
import { threadsKind } from '../../execution/kinds/threads-kind.js';
import type { TrainerProgram } from '../../execution/trainer-program.js';
import type { ProgramParts, ResolvedTrainer, TrainerCosts } from '../../trainers/resolved-trainer.js';
import { NO_CODE } from '../../trainers/trainer-code.js';
import { defineTrainerKind } from '../../trainers/trainer-kind.js';
import { compiledKernel, mlpTrainerVersion } from '../compiled-kernel.js';
import { fixedParameters } from '../fixed-parameters.js';
import { declaredMlpParameters, mlpTaskProblems } from '../mlp-parameters.js';
import { mlpCosts } from './mlp-costs.js';
import { mlpMetrics } from './mlp-metrics.js';
import { mlpTrainerModule } from './mlp-trainer-module.js';
import { residentBytesFor } from './resident-bytes.js';

/** The built-in network. */
export const mlpKind = defineTrainerKind({
  kind: 'mlp',
  isMapping: false,
  example: 'mlp',
  rootKeys: [],
  schema: z.literal('mlp'),
  form: 'module',
  label: null,
  needsData: true,
  isCheap: true,
  parameters: declaredMlpParameters,
  metrics: mlpMetrics,
  fixedParameters,
  taskProblems: mlpTaskProblems,
  resolve: () => new BuiltInNetwork(),
});

/** The largest share of the inputs that may be dropped without a word. */
const HIGH_INPUT_DROPOUT = 0.25;

class BuiltInNetwork implements ResolvedTrainer {
  readonly kind = 'mlp';
  readonly executor = threadsKind.name;
  readonly savesNetworks = true;
  readonly fingerprint = 'mlp';
  readonly identity = { kind: 'mlp', version: mlpTrainerVersion };
  readonly code = NO_CODE;
  readonly reportSource = null;

  async check(): Promise<null> {
    return null;
  }

  describe(): [] {
    return [];
  }

  findings({ input_dropout: inputDropout }: SearchSpace): Finding[] {
    const largest = inputDropout === undefined ? 0 : largestValue(inputDropout);
    if (largest <= HIGH_INPUT_DROPOUT) return [];
    return [
      {
        kind: 'warning',
        code: 'input-dropout-high',
        numbers: { input_dropout: largest },
        because:
          `input_dropout goes up to ${largest}; above ${HIGH_INPUT_DROPOUT} inputs are usually ` +
          'lost faster than networks gain from it.',
      },
    ];
  }

  costs(dataset: Dataset | null): TrainerCosts | null {
    return dataset && mlpCosts(dataset);
  }

  program({ dataset, slots }: ProgramParts): TrainerProgram {
    if (dataset === null) throw new TypeError('the built-in network needs data');
    const data = { dataset, kernel: compiledKernel(), residentBytes: residentBytesFor(slots) };
    return { kind: 'module', ...mlpTrainerModule(data) };
  }
}
