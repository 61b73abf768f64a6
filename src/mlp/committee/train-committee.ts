import { canonicalJson } from '../../campaign/canonical-json.js';
import type { TrainedNetwork } from '../../campaign/outcome.js';
import type { Report } from '../../campaign/report.js';
import { committeeMembers, type TrialSpec } from '../../campaign/trial.js';
import type { Trainer, TrainerContext } from '../../execution/trainer.js';
import type { Kernel } from '../../kernel/kernel.js';
import { evaluateNetworks, trainingScores } from '../evaluate-network.js';
import { readNetwork, type SavedNetwork, writeNetwork } from '../network-file.js';
import type { TrialDataSource } from '../trial-data.js';

/** What a committee is made with. */
interface CommitteeParts {
  readonly kernel: Kernel;
  readonly dataOf: TrialDataSource;
  /** Trains a single network. */
  readonly train: Trainer['train'];
}

/**
 * Makes a committee of networks that are trained already, and trains those that are not given. All of them learn from
 * the same rows, so they share one preparation. Gives one report, the scores of the committee on the training rows.
 */
export async function* trainCommittee(
  { kernel, dataOf, train }: CommitteeParts,
  spec: TrialSpec,
  context: TrainerContext,
): AsyncGenerator<Report, TrainedNetwork | null, void> {
  const networks: SavedNetwork[] = [];
  for (const [index, member] of committeeMembers(spec).entries()) {
    const bytes = context.members?.[index] ?? (await trainMember(train, member, context));
    if (bytes === null || context.shouldStop()) return null;
    networks.push(readNetwork(bytes));
  }
  const [first] = networks;
  if (first === undefined) throw new RangeError('a committee has at least one member');
  const { shape, precision, preparation, epoch } = first;
  const common = canonicalJson({ shape, preparation });
  if (networks.some((one) => canonicalJson({ shape: one.shape, preparation: one.preparation }) !== common))
    throw new TypeError('the members of a committee differ in more than their weights');
  const data = dataOf({ seed: context.seed, repeat: spec.repeat, onAll: spec.finish?.on === 'all' });
  yield { epoch: spec.epochs, metrics: trainingScores(kernel, networks, data) };
  return {
    bytes: writeNetwork({
      shape,
      precision,
      preparation,
      epoch,
      weights: Float64Array.from(networks.flatMap(({ weights }) => [...weights])),
      networks: networks.length,
    }),
    evaluation: evaluateNetworks(kernel, networks, data, context.seed),
  };
}

/** The bytes of a member's network; null if its training was stopped. */
async function trainMember(
  train: Trainer['train'],
  spec: TrialSpec,
  context: TrainerContext,
): Promise<Uint8Array | null> {
  const training = train(spec, { ...context, from: null, onCheckpoint: null });
  for (;;) {
    const step = await training.next();
    if (step.done === true) return step.value?.bytes ?? null;
  }
}
