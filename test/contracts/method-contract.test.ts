import { describe, expect, it } from 'vitest';
import { drawSetting } from '../../src/campaign/search-space.js';
import type { TrialSpec } from '../../src/campaign/trial.js';
import { methodContract } from '../../src/contracts/method/method-contract.js';
import type { CustomMethod, CustomMethodContext, CustomProcedure } from '../../src/methods/custom-method.js';
import type { Conclusion } from '../../src/methods/method.js';
import { failingChecks } from './failing-checks.js';

interface Changes {
  readonly propose?: (index: number, context: CustomMethodContext) => TrialSpec['parameters'];
  readonly because?: string;
  readonly stage?: string;
  readonly trials?: number;
  readonly takesFirst?: boolean;
  readonly plan?: () => object;
}

/** A small search that keeps the contract, but for what is changed. */
function search(changes: Changes = {}): CustomMethod {
  const { trials = 6, because = 'Some settings.', stage = 'search', takesFirst = false } = changes;
  const stages = ['search', 'finish'].map(
    (name) => ({ name, role: name === 'finish' ? name : 'search' }) as const,
  );
  const options = () => ({ ...changes.plan?.() }) as Record<string, string>;
  return {
    name: 'small',
    plan: () => ({ stages, growth: null, regularisers: [], options: options() }),
    *search(_, context): CustomProcedure {
      const { space, seed, epochs, score } = context;
      const propose = changes.propose ?? ((index) => drawSetting(space, seed, index));
      const specOf = (index: number): TrialSpec => {
        return { parameters: propose(index, context), repeat: 1, epochs, until: null, finish: null };
      };
      const settled = yield {
        kind: 'batch',
        stage,
        because,
        trials: Array.from({ length: trials }, (_, index) => specOf(index)),
      };
      const best = settled.reduce((a, b) => (score(b) < score(a) ? b : a));
      const none: Conclusion = {
        kind: 'conclusion',
        ending: 'failed',
        chosen: null,
        because: 'Nothing finished.',
      };
      if (!takesFirst && !Number.isFinite(score(best))) return none;
      const trial: TrialSpec = { ...best.spec, repeat: 0, finish: { on: 'training', checkpoint: 'best' } };
      const [final] = yield { kind: 'batch', stage: 'finish', because, trials: [trial] };
      if (!takesFirst && final?.state !== 'finished') return none;
      return { kind: 'conclusion', ending: 'chosen', chosen: trial, because: 'The best.' };
    },
  };
}

const failing = (changes: Changes) => failingChecks(methodContract({ method: search(changes) }));

describe('the contract of search methods', () => {
  it('passes a method that keeps it', async () => {
    expect(await failing({})).toEqual([]);
    const extended = { method: search(), extended: search({ trials: 9 }) };
    expect(await failingChecks(methodContract(extended))).toEqual([]);
  });

  it('notices settings outside of the space', async () => {
    const propose = () => ({ hidden: 3, dropout: 0, learning_rate: 0.1 });
    expect(await failing({ propose })).toEqual([
      'proposes settings of the space, on whole repeats and epochs, in stages of its plan',
    ]);
  });

  it('notices a stage that the plan does not have, and a batch without a reason', async () => {
    expect(await failing({ stage: 'other' })).toEqual([
      'proposes settings of the space, on whole repeats and epochs, in stages of its plan',
    ]);
    expect(await failing({ because: ' ' })).toContain(
      'gives a reason for each batch, each finding and the conclusion',
    );
  });

  it('notices state that outlives a run', async () => {
    let calls = 0;
    const propose = (_: number, { space, seed }: CustomMethodContext) => drawSetting(space, seed, calls++);
    expect(await failing({ propose })).toContain(
      'takes the same step when it starts over from the journal, after each trial',
    );
  });

  it('notices a plan that JSON does not keep, or that differs from call to call', async () => {
    const planCheck = 'has a plan of plain JSON that is the same each time and survives a round trip';
    expect(await failing({ plan: () => ({ when: undefined }) })).toContain(planCheck);
    let calls = 0;
    expect(await failing({ plan: () => ({ calls: String(calls++) }) })).toContain(planCheck);
  });

  it('notices a choice of a trial that failed', async () => {
    expect(await failing({ takesFirst: true })).toEqual([
      'ends when every trial is failed',
      'ends when every trial is diverged',
      'ends when every trial is stopped',
      'ends when some trials fail, diverge or are stopped',
    ]);
  });

  it('notices a larger budget that starts from nothing', async () => {
    const propose = (index: number, { space, seed }: CustomMethodContext) =>
      drawSetting(space, seed + 1, index + 40);
    const extended = search({ trials: 9, propose });
    const space = { rate: { kind: 'uniform', min: 0, max: 1 } } as const;
    expect(await failingChecks(methodContract({ method: search(), extended, space }))).toEqual([
      'goes on with its trials when its budget is extended',
    ]);
  });
});
