import { canonicalJson } from '../../campaign/canonical-json.js';
import type { CampaignFacts } from '../../campaign/event.js';
import type { CampaignPlan } from '../../campaign/plan.js';
import type { Report } from '../../campaign/report.js';
import type { SearchSpace } from '../../campaign/search-space.js';
import type { TrialSpec } from '../../campaign/trial.js';
import type { Comparison } from '../../methods/comparison.js';
import type { CustomMethod } from '../../methods/custom-method.js';
import type { Method } from '../../methods/method.js';
import type { MethodContext } from '../../methods/method-kind.js';
import { keyedStream } from '../../numeric/keyed-stream.js';

/** What the contract needs to know besides the method. All of it may be left out. */
export interface MethodSurroundings {
  /** The search space. Default: `hidden`, `dropout` and `learning_rate`, each with listed values. */
  readonly space?: SearchSpace;
  /** Default epochs of a trial. */
  readonly epochs?: number;
  /**
   * What a trial reports, as a function of its spec alone: at least `val_loss`, once an epoch. By default numbers that
   * look random and differ between any two specs.
   */
  readonly reports?: (spec: TrialSpec) => readonly Report[];
}

/** A method that the contract tries. */
export interface MethodSubject extends MethodSurroundings {
  readonly method: CustomMethod;
  /** The same method with a larger budget, which goes on where `method` has ended. Left out if it has no budget. */
  readonly extended?: CustomMethod;
}

/** A method under test, whether a custom or a built-in one. */
export interface MethodUnderTest {
  readonly name: string;
  readonly plan: () => CampaignPlan;
  readonly create: (plan: CampaignPlan) => Method;
}

const METRIC = { name: 'val_loss', goal: 'minimize' } as const;
const SEED = 1;
const DEFAULT_EPOCHS = 3;
const IDENTITY = 'method-contract';

export const exampleSpace: SearchSpace = {
  hidden: { kind: 'values', values: [2, 4, 8, 16, 32], probabilities: null },
  dropout: { kind: 'values', values: [0, 0.25, 0.5], probabilities: null },
  learning_rate: { kind: 'values', values: [0.01, 0.1], probabilities: null },
};

const TRAINING_ROWS = 100;

/** What a method is created with: a race over up to four repeats, and a final network that is trained once more. */
export function contextOf({
  space = exampleSpace,
  epochs = DEFAULT_EPOCHS,
}: MethodSurroundings): MethodContext {
  const comparison: Comparison = {
    metric: METRIC,
    checkpoint: 'best',
    repeats: { first: 1, most: 4 },
    cost: (parameters) => Number(parameters.hidden ?? 0),
    overlap: 0.25,
  };
  const finish = { on: 'training', hasTest: true, comparison } as const;
  return {
    space,
    seed: SEED,
    epochs,
    comparison,
    finish,
    fitCeiling: () => 1,
    trainingRows: TRAINING_ROWS,
    fitsMemory: () => true,
  };
}

/** The facts of a campaign of the method. */
export function factsOf(
  name: string,
  plan: CampaignPlan,
  { space = exampleSpace }: MethodSurroundings,
): CampaignFacts {
  return {
    name: 'contract',
    method: name,
    plan,
    seed: SEED,
    trainer: 'external',
    metric: METRIC,
    checkpoint: 'best',
    parameters: Object.keys(space),
    space,
    identity: IDENTITY,
    config: {},
    data: null,
    findings: [],
  };
}

/** A loss that falls with the epochs, with a level that any change of the setting or the repeat changes. */
export function chanceReports(spec: TrialSpec): Report[] {
  const level = keyedStream('method contract', canonicalJson(spec.parameters), spec.repeat).uniform();
  return Array.from({ length: spec.epochs }, (_, index) => {
    const epoch = index + 1;
    const train = (1 - level) * (epoch / (epoch + 1));
    return { epoch, metrics: { val_loss: level + 1 / epoch, train_loss: 1 - train, train_accuracy: train } };
  });
}
