import { describe, expect, it } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import type { ParameterValue } from '../../../src/campaign/parameters.js';
import { type TrialKey, trialKey } from '../../../src/campaign/trial.js';
import { exitCodeOf } from '../../../src/cli/exit-code.js';
import { fitFirst } from '../../../src/methods/fit-first/fit-first.js';
import { gridSearch } from '../../../src/methods/grid/grid.js';
import type { Method } from '../../../src/methods/method.js';
import { fitFirstOptions } from '../../support/fit-first-options.js';
import { landscape } from '../../support/landscape.js';
import { eventsOfTrial, playOut } from '../../support/play-out.js';

type Ending = 'diverged' | 'failed' | 'stopped';

const endings: Readonly<Record<Ending, (trial: TrialKey) => CampaignEvent>> = {
  diverged: (trial) => ({ type: 'trial-diverged', trial, attempt: 1, epoch: 1 }),
  failed: (trial) => ({ type: 'trial-failed', trial, attempt: 1, code: 'exit', message: 'code 1' }),
  stopped: (trial) => ({ type: 'trial-stopped', trial, reason: 'person' }),
};

/** The exit code of a campaign some of whose trials end in another way than they should. */
function exitCodeWhere(method: Method, endingOf: (hidden: ParameterValue | undefined) => Ending | null) {
  const campaign = playOut(method, landscape(), (identity, spec, world) => {
    const ending = endingOf(spec.parameters.hidden);
    if (ending === null) return eventsOfTrial(identity, spec, world);
    const trial = trialKey(identity, spec);
    return [{ type: 'trial-started', trial, attempt: 1 }, endings[ending](trial)];
  });
  return exitCodeOf(campaign);
}

const { comparison, finish } = fitFirstOptions();
const grid = (): Method =>
  gridSearch({
    settings: [4, 8, 16].map((hidden) => ({ hidden, dropout: 0, learning_rate: 0.01 })),
    varied: ['hidden'],
    epochs: 20,
    comparison,
    finish,
  });

describe.each([
  ['a grid', grid],
  ['fit first', () => fitFirst(fitFirstOptions())],
])('the exit code of %s', (_, method) => {
  it('is 0 where a setting was chosen, whatever became of others', () => {
    expect(exitCodeWhere(method(), (hidden) => (hidden === 4 ? 'failed' : null))).toBe(0);
  });

  it('is 3 where every trial diverged: all of them ran, and no setting can be used', () => {
    expect(exitCodeWhere(method(), () => 'diverged')).toBe(3);
  });

  it('is 4 where trials failed and nothing could be chosen', () => {
    expect(exitCodeWhere(method(), (hidden) => (hidden === 4 ? 'diverged' : 'failed'))).toBe(4);
  });

  it('is 130 where a person stopped every trial', () => {
    expect(exitCodeWhere(method(), () => 'stopped')).toBe(130);
  });
});

it('is 3 where nothing fits and the config says to stop then', () => {
  const options = fitFirstOptions({ ifNothingFits: 'stop', sizes: [4, 8] });
  expect(exitCodeWhere(fitFirst(options), () => null)).toBe(3);
});
