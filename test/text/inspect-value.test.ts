import { expect, test } from 'vitest';
import { inspectValue } from '../../src/text/inspect-value.js';

test('a promise is shown without what Node.js adds to it while calls are traced', () => {
  const traced = Object.assign(Promise.resolve(3), {
    [Symbol('async_id_symbol')]: 344_871,
    [Symbol('trigger_async_id_symbol')]: 5,
    [Symbol('kResourceStore')]: undefined,
  });
  expect(inspectValue(traced)).toBe('Promise { 3 }');
});
