import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { stringify as yaml } from 'yaml';
import { type CompareChoice, prepareComparison } from '../../src/app/compare/prepare-comparison.js';
import { runComparison } from '../../src/app/compare/run-comparison.js';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import type { CompareResult } from '../../src/compare/compare-result.js';
import type { AccuracyTable } from '../accuracy/tables.js';

/** What is compared on every table: 70 settings on 12 repeats. */
const SPACE = {
  hidden: { values: [2, 4, 8, 16, 32, 64, 128] },
  dropout: { values: [0, 0.1, 0.2, 0.35, 0.5] },
  learning_rate: { values: [0.003, 0.02] },
  batch_size: { value: 32 },
  epochs: { value: 40 },
};
const CHOICE = { settings: 200, repeats: 12, judges: 8, draws: 40 };
/** A trained table on which more is replayed than a comparison replays. */
export interface TableChoice {
  /** Its folder. */
  readonly name: string;
  readonly choice: CompareChoice & { readonly judges: number };
}

/** Variants choose on as many repeats, and four times as many judge. */
export const TABLES_FOR_VARIANTS: TableChoice = {
  name: 'variants',
  choice: { settings: 200, repeats: 12, judges: 8, draws: 2 },
};
/** Rules of elimination need races that are long enough for tests. */
export const TABLES_FOR_ELIMINATION: TableChoice = {
  name: 'elimination',
  choice: { settings: 200, repeats: 20, judges: 8, draws: 2 },
};

/** Columns of classes that are numbers. */
const CLASSES: readonly string[] = ['wine', 'sonar', 'titanic', 'optdigits'];

/**
 * Compares methods on a table, and returns what was found. What has been trained in the folder is kept, so an
 * interrupted comparison goes on.
 */
export async function compareTable(table: AccuracyTable, folder: string): Promise<CompareResult> {
  const out = await trained(table, folder, 'results', CHOICE);
  return JSON.parse(readFileSync(join(out, 'compare.json'), 'utf8'));
}

/** Trains a table to replay on, and returns its results folder and config. */
export async function trainTable(
  table: AccuracyTable,
  folder: string,
  { name, choice }: TableChoice,
): Promise<{ readonly config: string; readonly out: string }> {
  await trained(table, folder, name, choice);
  return tablePlace(table, folder, { name });
}

/** The config and the results folder of a table. */
export function tablePlace(
  table: Pick<AccuracyTable, 'name'>,
  folder: string,
  { name }: Pick<TableChoice, 'name'>,
): { readonly config: string; readonly out: string } {
  const place = join(folder, table.name);
  return { config: join(place, `${table.name}.yaml`), out: join(place, name) };
}

async function trained(
  { name, target, header, rows }: AccuracyTable,
  folder: string,
  results: string,
  choice: CompareChoice,
): Promise<string> {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  const data = join(place, 'data.csv');
  if (!existsSync(data)) writeFileSync(data, stringify(header === null ? [...rows] : [header, ...rows]));
  const config = join(place, `${name}.yaml`);
  writeFileSync(config, yaml(configFor(name, target, header !== null)));
  const comparison = prepareComparison(await prepareCampaign(config), choice);
  const out = join(place, results);
  const { compared } = await runComparison(comparison, { out, reuse: place, workers: 1 });
  if (compared === null) throw new Error(`${name}: the comparison has no result`);
  return out;
}

function configFor(name: string, target: string, header: boolean): unknown {
  return {
    name,
    seed: 1,
    data: {
      path: 'data.csv',
      target: header ? target : Number(target),
      header,
      missing: 'median',
      ...(CLASSES.includes(name) && { task: 'classification' }),
      ...(name === 'titanic' && { drop: ['PassengerId', 'Name', 'Ticket', 'Cabin'] }),
      ...(name === 'mpg' && { drop: ['name'] }),
      ...(name === 'wisc_bc_data' && { drop: ['id'] }),
      split: { validation: 0.25, test: 0.25 },
    },
    parameters: SPACE,
    repeats: { first: 1, most: 4 },
    method: 'fit_first',
    fit_first: { grow: 'hidden', dropout: ['dropout'] },
  };
}
