import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emptyCampaign } from '../../src/campaign/campaign.js';
import { emptyTiming } from '../../src/views/model/timing.js';
import { timingRows } from '../../src/views/tables/timings-table.js';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const page = read('docs/results.md');
const headerOf = (table: string): string[] =>
  read(`results/quickstart/${table}`).split('\n', 1).join('').split(',');

describe('the reference of the result files', () => {
  it('lists the columns of trials.csv in their order', () => {
    const parameters = Object.keys(parse(read('configs/quickstart.yaml')).parameters);
    const columns = headerOf('trials.csv').filter(
      (name) => !isParameter(name, parameters) && !isMetric(name),
    );
    expect(listedIn('`trials.csv`')).toEqual(columns);
  });

  it('lists the columns of epochs.csv in their order', () => {
    expect(listedIn('`epochs.csv`')).toEqual(headerOf('epochs.csv').filter((name) => !isMetric(name)));
  });

  it('lists the columns of timings.csv in their order', () => {
    const [header] = timingRows(emptyCampaign, emptyTiming);
    expect(listedIn('`timings.csv`')).toEqual(header);
  });

  it('lists the fields of summary.json in their order', () => {
    const optional = ['without_result', 'ended_early', 'committee', 'final', 'fresh', 'front'];
    expect(listedIn('`summary.json`').filter((name) => !optional.includes(name))).toEqual(
      Object.keys(JSON.parse(read('results/quickstart/summary.json'))),
    );
  });
});

/** `epochs` is a column of its own; the parameter of this name is in `parameter_epochs`. */
const isParameter = (column: string, parameters: readonly string[]): boolean =>
  column !== 'epochs' && parameters.includes(column.replace(/^parameter_/, ''));

const isMetric = (column: string): boolean => /^(train|val)_/.test(column);

/** The names in the first column of the table below a heading, without the rows that stand for several names. */
function listedIn(heading: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
}
