import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CampaignFacts } from '../../src/campaign/event.js';
import { executorKinds } from '../../src/config/executor-kinds.js';
import type { Dataset } from '../../src/data/dataset.js';
import type { Executor } from '../../src/execution/executor.js';
import type { ExecutorKind } from '../../src/execution/kinds/executor-kind.js';
import type { ResolvedTrainer } from '../../src/trainers/resolved-trainer.js';
import type { TrainerKind } from '../../src/trainers/trainer-kind.js';
import { scriptedSetup } from '../execution/scripted-setup.js';
import { emptyFolder } from '../support/command-line.js';

/** A kind of trainer, and what stands under `trainer` in configs that choose it. */
export interface TrainerKindUnderTest {
  readonly kind: TrainerKind;
  readonly input: unknown;
  /** Another trainer of the kind, whose results may differ; null if all of them are the same one. */
  readonly other: unknown;
  /** Rows to train on; null for a kind that needs none. */
  readonly dataset: Dataset | null;
}

/** Resolves what stands under `trainer`, and returns what was reported with it. */
export function resolveTrainer(kind: TrainerKind, input: unknown): [ResolvedTrainer, string[]] {
  const reported: string[] = [];
  const trainer = kind.resolve(kind.schema.parse(input), {
    folder: '/',
    parameters: ['script'],
    metrics: [{ key: 'metric.name', name: 'val_loss', isDefault: true }],
    spellings: {},
    report: (_, sentence) => reported.push(sentence),
  });
  return [trainer, reported];
}

/** An executor for the trainer, in a results folder of its own that is removed with it. */
export async function createExecutorFor(
  { kind, input, dataset }: Omit<TrainerKindUnderTest, 'other'>,
  slots: number,
  executor?: ExecutorKind,
): Promise<Executor> {
  const [trainer] = resolveTrainer(kind, input);
  const chosen = executor ?? executorKinds.find(({ name }) => name === trainer.executor);
  if (chosen === undefined) throw new TypeError(`no executor is called ${trainer.executor}`);
  const folder = await emptyFolder();
  const places = { folder: folder.path, identity: 'contract', varied: ['script'] };
  const { seed, metric } = scriptedSetup;
  const facts: CampaignFacts = {
    name: 'contract',
    method: 'grid',
    plan: { stages: [{ name: 'search', role: 'search' }], growth: null, regularisers: [], options: {} },
    seed,
    trainer: 'external',
    metric,
    checkpoint: 'last',
    parameters: ['script'],
    space: {},
    identity: 'contract',
    config: {},
    data: null,
    findings: [],
  };
  const created = await chosen.create(chosen.schema.parse({}), {
    program: trainer.program({ dataset, slots: 1, places }),
    slots,
    seed,
    facts,
    places,
    config: { path: 'contract.yaml', text: '' },
  });
  return {
    get slots() {
      return created.slots;
    },
    run: (spec, options) => created.run(spec, options),
    async [Symbol.asyncDispose]() {
      await created[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** What every kind of trainer has to do. What its executor has to do stands in `executor.contract.ts`. */
export function describeTrainerKind(name: string, create: () => Promise<TrainerKindUnderTest>): void {
  describe(`${name}, as a kind of trainer`, () => {
    let tested: TrainerKindUnderTest;
    let trainer: ResolvedTrainer;
    let reported: string[];
    beforeAll(async () => {
      tested = await create();
      [trainer, reported] = resolveTrainer(tested.kind, tested.input);
    });
    afterAll(() => {});

    it('takes the example that it gives', () => {
      const { kind, example, isMapping } = tested.kind;
      expect(example).toContain(kind);
      expect(example.startsWith('{')).toBe(isMapping);
    });

    it('resolves a sound section to a trainer of its kind, with nothing to report', () => {
      expect(reported).toEqual([]);
      expect(trainer.kind).toBe(tested.kind.kind);
    });

    it('finds nothing wrong with a trainer that can be started', async () => {
      expect(await trainer.check({})).toBeNull();
    });

    it('identifies a trainer by plain data, the same each time', () => {
      const [again] = resolveTrainer(tested.kind, tested.input);
      for (const one of ['identity', 'fingerprint'] as const) {
        expect(JSON.parse(JSON.stringify(trainer[one]))).toEqual(trainer[one]);
        expect(again[one]).toEqual(trainer[one]);
      }
    });

    it('tells another trainer from it', () => {
      if (tested.other === null) return;
      const [other] = resolveTrainer(tested.kind, tested.other);
      expect(other.identity).not.toEqual(trainer.identity);
      expect(other.fingerprint).not.toEqual(trainer.fingerprint);
    });

    it('prefers a registered executor that runs its programs', async () => {
      const executor = executorKinds.find(({ name }) => name === trainer.executor);
      expect(executor?.runs).toContain(tested.kind.form);
      const places = { folder: '/', identity: 'contract', varied: [] };
      expect(trainer.program({ dataset: tested.dataset, slots: 1, places }).kind).toBe(tested.kind.form);
    });

    it('declares parameters whose defaults and off values it takes', () => {
      for (const [, { schema, initial, off }] of tested.kind.parameters ?? []) {
        if (initial !== null) expect(schema.safeParse(initial).success).toBe(true);
        if (off !== null) expect(schema.safeParse(off).success).toBe(true);
      }
      const named = [...(tested.kind.parameters?.keys() ?? [])];
      expect(tested.kind.fixedParameters(named)).toEqual({});
    });
  });
}
