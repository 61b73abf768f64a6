import { describe, expect, it } from 'vitest';
import { emptyCampaign, evolve } from '../../../src/campaign/campaign.js';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import { emptyTiming, evolveTiming } from '../../../src/views/model/timing.js';
import { reportHtml } from '../../../src/views/report/report.js';
import { dated, factsOf, finished, keyOf, planned, specOf } from '../campaigns.js';

const TRIALS = 20_000;
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** A search of very many settings, of which the one in the middle is chosen. */
function events(): CampaignEvent[] {
  const specs = Array.from({ length: TRIALS }, (_, i) =>
    specOf(Object.fromEntries(NAMES.map((name, j) => [name, (i * (2 * j + 3)) % TRIALS]))),
  );
  const distance = (i: number): number => Math.abs(i - TRIALS / 2);
  const chosen = specs[TRIALS / 2] ?? specOf({});
  const validation = { mean: 0, standardError: null, repeats: 1 };
  return [
    { type: 'campaign-started', ...factsOf({ method: 'random', parameters: NAMES }) },
    planned('search', specs),
    ...specs.flatMap((spec, i) => finished(spec, { val_loss: distance(i) })),
    {
      type: 'campaign-concluded',
      kind: 'chosen',
      chosen: keyOf(chosen),
      because: 'It is the best.',
      findings: [
        { kind: 'chosen', parameters: chosen.parameters, epochs: 1, validation, because: 'It is the best.' },
      ],
    },
  ];
}

describe('the report of a campaign of 20,000 trials', () => {
  const timing = dated(events()).reduce(evolveTiming, emptyTiming);
  const page = reportHtml(events().reduce(evolve, emptyCampaign), '1.0.0', null, {
    timing,
    machine: null,
  });

  it('stays below 2 MB', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  });

  it('says what its pictures and tables leave out', () => {
    expect(page).toMatch(/The picture shows a sample of \d+ of 20,000 settings\./);
    expect(page).toMatch(/The best \d+ of 20,000 rows\. trials\.csv has every trial\./);
  });

  it('has the choice in its tables and pictures', () => {
    expect(page).toContain('<td>chosen</td>');
    expect(page).toContain('It is the best.');
  });
});
