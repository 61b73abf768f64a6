import { describe, expect, it } from 'vitest';
import type { TrialSpec } from '../../src/campaign/trial.js';
import { askInTurn } from '../../src/runner/ask-in-turn.js';

const specs: readonly TrialSpec[] = Array.from({ length: 10 }, (_, i) => ({
  parameters: { x: i },
  repeat: 1,
  epochs: 1,
  until: null,
  finish: null,
}));

/** Asks that wait until they are answered. */
function createAsks() {
  const open = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  const asked: number[] = [];
  return {
    open,
    asked,
    ask: (spec: TrialSpec): Promise<void> => {
      const x = Number(spec.parameters.x);
      asked.push(x);
      return new Promise<void>((resolve, reject) => open.set(x, { resolve, reject }));
    },
    async answer(x: number): Promise<void> {
      open.get(x)?.resolve();
      open.delete(x);
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
}

describe('trials that are asked for in turn', () => {
  it('are never more at once than may be, however they end', async () => {
    const asks = createAsks();
    const turns = askInTurn(specs, specs, { ...asks, width: () => 3, isOver: () => false });
    for (const x of [2, 0, 1, 5, 4, 3, 6, 7, 8, 9]) {
      expect(asks.open.size).toBeLessThanOrEqual(3);
      await asks.answer(x);
    }
    await turns.all;
    await turns.awaited;
    expect(asks.asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are waited for as far as the method waits', async () => {
    const asks = createAsks();
    const turns = askInTurn(specs, specs.slice(0, 2), { ...asks, width: () => 3, isOver: () => false });
    await asks.answer(1);
    await asks.answer(0);
    await turns.awaited;
    turns.stop();
    await asks.answer(2);
    expect(asks.asked).toEqual([0, 1, 2, 3, 4]);
  });

  it('are no more asked for once the run is over, and what runs is waited for', async () => {
    const asks = createAsks();
    let isOver = false;
    const turns = askInTurn(specs, specs, { ...asks, width: () => 2, isOver: () => isOver });
    isOver = true;
    await asks.answer(0);
    await asks.answer(1);
    await Promise.all([turns.awaited, turns.all]);
    expect(asks.asked).toEqual([0, 1]);
  });

  it('end with the error of one of them', async () => {
    const asks = createAsks();
    const turns = askInTurn(specs, specs, { ...asks, width: () => 2, isOver: () => false });
    asks.open.get(0)?.reject(new Error('broken'));
    await expect(turns.awaited).rejects.toThrow('broken');
    await expect(turns.all).rejects.toThrow('broken');
  });

  it('may be none', async () => {
    const turns = askInTurn([], [], { ...createAsks(), width: () => 2, isOver: () => false });
    await Promise.all([turns.awaited, turns.all]);
  });
});
