import { beforeAll, describe, expect, it } from 'vitest';
import type { Parameters } from '../../../src/campaign/parameters.js';
import { campaignViews } from '../../../src/views/campaign-views/views.js';
import { NO_NOTE } from '../../../src/views/campaigns/campaign-note.js';
import { frameStart } from '../../../src/views/pages/campaign-frame.js';
import { drawView } from '../../../src/views/pages/drawn-page.js';
import { inventedEntries } from '../../app/serve/invented-journal.js';
import { scriptedEvents, after as stateAfter } from '../scripted-campaign.js';
import { scriptOf } from '../scripts.js';

type State = ReturnType<typeof stateAfter>;

const pageOf = (name: string, of: State, query = ''): string => {
  const view = campaignViews.find((one) => one.name === name);
  if (view === undefined) throw new Error(`no view ${name}`);
  const request = {
    folder: 'a folder',
    ...of,
    query: new URLSearchParams(query),
    costOf: ({ hidden }: Parameters) => 1000 * Number(hidden),
  };
  const drawing = drawView(view, request);
  let step = drawing.next();
  while (step.done !== true) step = drawing.next();
  const { value } = step;
  const selection =
    view.filtered === null ? undefined : { filter: request.query.get('q') ?? '', of: view.filtered };
  const { folder } = request;
  return (
    frameStart({ folder, view: name, title: view.title, selection, name: '', note: NO_NOTE }) +
    value.choices +
    value.main
  );
};

describe('the views of a campaign', () => {
  let random: State;
  let large: State;
  beforeAll(() => {
    random = stateAfter(inventedEntries('made-up', { trials: 120, epochs: 3 }));
    large = stateAfter(inventedEntries('large', { trials: 6000, epochs: 3, repeats: 1 }));
  });

  it('show a campaign before its first trial, of any method, and while it runs', () => {
    const entries = [...scriptedEvents(scriptOf({ epochs: 5 }))];
    for (const count of [1, 2, 40, entries.length]) {
      const some = stateAfter(entries.slice(0, count));
      for (const { name, title } of campaignViews) expect(pageOf(name, some)).toContain(`<h1>${title}`);
    }
  });

  it('have a bounded size for any number of trials, and say what they leave out', () => {
    for (const { name } of campaignViews) expect(pageOf(name, large).length, name).toBeLessThan(1e6);
    expect(pageOf('history', large)).toContain('sample of 390 of');
    expect(pageOf('parallel', large)).toContain('sample of 500 of');
    expect(pageOf('timeline', large)).toContain('are too many to draw');
    expect(pageOf('trials', large)).toContain('page 1 of 60');
    expect(pageOf('trials', large, 'page=60')).toContain('number=6000');
    expect(pageOf('curves', large)).toContain('the best of');
  });

  it('show the best score by trials, epochs and multiply-adds', () => {
    const finding = /The best val_loss is ([\d.]+)/;
    const [, best] = finding.exec(pageOf('history', random)) ?? [];
    expect(best).toBeDefined();
    expect(pageOf('history', random)).toContain('120 trials.');
    expect(pageOf('history', random, 'by=epochs')).toMatch(/thousands of epochs|\d epochs\./);
    expect(pageOf('history', random, 'by=cost')).toContain('multiply-adds');
    expect(pageOf('history', random, 'by=cost')).toContain(`The best val_loss is ${best}`);
  });

  it('have a dash for a missing number where the number would stand', () => {
    // With one repeat there is no standard error.
    expect(pageOf('settings', large, 'column=standard error')).toContain('<th scope="row" class="number">');
    expect(pageOf('settings', large, 'column=setting&column=standard error')).toContain(
      '<td class="number">–</td>',
    );
  });

  it('share one filter, which stands in the address', () => {
    const parallel = pageOf('parallel', random, 'q=hidden>=32');
    expect(parallel).toMatch(/\d+ of \d+ settings are selected/);
    expect(parallel).toContain('slices?folder=a%20folder&amp;q=hidden%3E%3D32');
    expect(pageOf('trials', random, 'q=state=failed')).toMatch(/\d+ of 120 trials/);
    expect(pageOf('slices', random, 'q=hidden=3')).toContain('no selected trial has a score');
    expect(pageOf('settings', random, 'q=hiden=3')).toContain('Did you mean hidden?');
  });

  it('draw what a model expects over two parameters, and mark fields that have no setting', () => {
    const space = {
      hidden: { kind: 'values', values: [4, 8, 16, 32, 64], probabilities: null },
      dropout: { kind: 'uniform', min: 0, max: 0.7 },
    } as const;
    const entries = [...inventedEntries('made-up', { trials: 120, epochs: 3 })].map((entry) =>
      entry.event.type === 'campaign-started' ? { ...entry, event: { ...entry.event, space } } : entry,
    );
    const slices = pageOf('slices', stateAfter(entries));
    expect(slices).toContain('What a model expects of val_loss over');
    expect(slices).toMatch(/>\(\d+(\.\d+)?\)</);
    expect(slices).toContain('no setting in this field');
  });

  it('draw the repeats of a setting as one band', () => {
    const one = pageOf('curves', random, 'q=setting=2');
    expect(one).toContain('val_loss by epoch: 1 setting<');
    expect(one).toContain('3 repeats');
    expect(pageOf('curves', random, 'q=setting=2&metric=train_loss')).toContain('train_loss by epoch');
  });

  it('list attempts that failed, with what went wrong', () => {
    const page = pageOf('timeline', random);
    expect(page).toContain('The connection was reset.');
    expect(page).toContain('ValueError: not enough memory');
  });

  it('escape what comes from data', () => {
    const page = pageOf('trials', random, 'q="><script>alert(1)</script>');
    expect(page).not.toContain('<script>alert');
  });
});
