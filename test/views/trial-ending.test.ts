import { expect, test } from 'vitest';
import { Reports } from '../../src/campaign/tables/reports.js';
import { type Trial, trialKey } from '../../src/campaign/trial.js';
import { trialEnding } from '../../src/views/text/trial-ending.js';

const metric = { name: 'val_loss', goal: 'minimize' } as const;

/** A trial of six epochs that reported these losses. */
function trialWith(losses: readonly number[], ending: object): Trial {
  const spec = { parameters: {}, repeat: 1, epochs: 6, until: null, finish: null };
  const reports = Reports.of(losses.map((val_loss, i) => ({ epoch: i + 1, metrics: { val_loss } })));
  const facts = { key: trialKey('', spec), spec, stage: 'search', number: 1, attempts: 1, reports };
  return { ...facts, evaluation: null, ...ending } as Trial;
}

test.each([
  [{ state: 'finished', reason: 'complete' }, [3, 2, 1, 1, 1, 1], 'It ran all of its 6 epochs.'],
  [{ state: 'finished', reason: 'complete' }, [3, 2], 'It ended by itself after 2 of 6 epochs.'],
  [{ state: 'finished', reason: 'fit' }, [3, 2, 1], 'It reached the target of the fit after 3 of 6 epochs.'],
  [
    { state: 'finished', reason: 'stopped-early' },
    [3],
    'It fell behind other trials and was stopped after 1 of 6 epochs.',
  ],
  [
    { state: 'finished', reason: 'patience' },
    [3, 1, 2, 2],
    'Its val_loss was best at epoch 2 and did not improve, so it ended after 4 of 6 epochs.',
  ],
  [{ state: 'diverged', epoch: 3 }, [3, 2], 'A metric was not a number after epoch 3.'],
  [{ state: 'stopped', reason: 'person' }, [3], 'You stopped this trial.'],
  [{ state: 'running' }, [3], null],
])('a trial says why it ended: %o', (ending, losses, sentence) => {
  expect(trialEnding(trialWith(losses, ending), metric)).toBe(sentence);
});
