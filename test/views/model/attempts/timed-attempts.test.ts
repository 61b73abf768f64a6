import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TrialKey } from '../../../../src/campaign/trial.js';
import type { TimedAttempt } from '../../../../src/views/model/attempts/timed-attempt.js';
import { TimedAttempts } from '../../../../src/views/model/attempts/timed-attempts.js';

const attempts: fc.Arbitrary<TimedAttempt> = fc.record({
  trial: fc.constantFrom('0123456789abcdef'.repeat(2), 'no hexadecimal').map((key) => key as TrialKey),
  attempt: fc.integer({ min: 1, max: 3 }),
  worker: fc.constantFrom(1, 2, 2 ** 33),
  started: fc.constantFrom(0, 1.5, 1.8e12),
  ended: fc.constantFrom(null, 2, 1.8e12),
  how: fc.constantFrom(null, 'complete', 'lost'),
});

/** A step: which version it goes on from, the place that it changes if there is one, and the attempt. */
const steps = fc.array(
  fc.record({ from: fc.nat({ max: 30 }), place: fc.option(fc.nat({ max: 5 })), attempt: attempts }),
  { maxLength: 30 },
);

it('a list of attempts is what a plain array would be, in every version', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const versions: { list: TimedAttempts; model: readonly TimedAttempt[] }[] = [
        { list: TimedAttempts.EMPTY, model: [] },
      ];
      for (const { from, place, attempt } of all) {
        const base = versions[from % versions.length];
        if (base === undefined) continue;
        const { list, model } = base;
        const next =
          place !== null && place < model.length
            ? { list: list.set(place, attempt), model: model.with(place, attempt) }
            : { list: list.push(attempt), model: [...model, attempt] };
        versions.push(next, { list: TimedAttempts.of(next.list), model: next.model });
      }
      for (const { list, model } of versions) {
        expect(list.toArray()).toEqual(model);
        expect(list.takeLast(2)).toEqual(model.slice(-2));
        expect(list.get(model.length)).toBeUndefined();
      }
    }),
  );
});
