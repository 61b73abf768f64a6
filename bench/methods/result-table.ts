import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Parameters } from '../../src/campaign/parameters.js';
import { gridSize, type SearchSpace } from '../../src/campaign/search-space.js';
import { grid, tune } from '../../src/index.js';

/** Results of the built-in network for every setting of a grid, each trained to the end on several repeats. */
export interface ResultTable {
  readonly space: SearchSpace;
  readonly repeats: number;
  readonly epochs: number;
  /** The validation loss after each epoch. */
  curve(setting: Parameters, repeat: number): readonly number[];
  /** The best validation loss of the curve. */
  best(setting: Parameters, repeat: number): number;
  /** The best losses of all settings in the order of the grid, each with those of its repeats. */
  readonly all: readonly (readonly number[])[];
}

const REPEATS = 4;
const EPOCHS = 81;
const listed = (...values: (string | number)[]) => ({ kind: 'values', values, probabilities: null }) as const;

const SPACE = {
  hidden: listed(4, 8, 16, 32, 64),
  dropout: listed(0, 0.15, 0.3, 0.5),
  learning_rate: listed(0.003, 0.01, 0.03, 0.1, 0.3),
  activation: listed('relu', 'tanh'),
} as const;

/** The tables of `../shared/data`, with their sections `data`. */
export const dataSets = {
  wine: { target: 13 },
  wisc_bc_data: { target: 'diagnosis', drop: ['id'] },
  titanic: { target: 'Survived', drop: ['PassengerId', 'Name', 'Ticket', 'Cabin'], missing: 'median' },
  concrete: { target: 'strength' },
} as const;

/** Reads a table of results from the folder; trains the networks first where it is not there. */
export async function resultTable(
  name: keyof typeof dataSets,
  data: string,
  folder: string,
): Promise<ResultTable> {
  const file = join(folder, `table.${name}.json`);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(await train(name, data)));
  const curves = JSON.parse(readFileSync(file, 'utf8')) as number[][][];
  const curve = (setting: Parameters, repeat: number) => curves[placeOf(setting)]?.[repeat] ?? [];
  const best = curves.map((repeats) => repeats.map((losses) => Math.min(...losses)));
  return {
    space: SPACE,
    repeats: REPEATS,
    epochs: EPOCHS,
    curve,
    best: (setting, repeat) => best[placeOf(setting)]?.[repeat] ?? Number.POSITIVE_INFINITY,
    all: best,
  };
}

/** The place of a setting in the grid, whose last parameter changes fastest. */
function placeOf(setting: Parameters): number {
  let place = 0;
  for (const [name, { values }] of Object.entries(SPACE)) {
    const listed: readonly unknown[] = values;
    place = place * values.length + listed.indexOf(setting[name]);
  }
  return place;
}

async function train(name: keyof typeof dataSets, data: string): Promise<number[][][]> {
  const folder = await mkdtemp(join(tmpdir(), 'fitfirst-tables-'));
  try {
    const parameters = Object.fromEntries(
      Object.entries(SPACE).map(([key, { values }]) => [key, { values: [...values] }]),
    );
    const run = tune({
      name,
      data: { path: join(data, `${name}.csv`), ...dataSets[name] },
      parameters: { ...parameters, epochs: EPOCHS },
      repeats: REPEATS,
      confirm: 0,
      method: grid(),
      folder: join(folder, name),
      workers: 'auto',
    });
    const { campaign } = await run.result;
    const curves = Array.from({ length: gridSize(SPACE) ?? 0 }, () =>
      Array.from({ length: REPEATS }, (): number[] => []),
    );
    for (const { spec, reports } of campaign.trials) {
      if (spec.finish !== null) continue;
      const losses = reports.map(({ metrics }) => metrics.val_loss ?? Number.POSITIVE_INFINITY);
      const repeats = curves[placeOf(spec.parameters)];
      if (repeats !== undefined) repeats[spec.repeat - 1] = losses;
    }
    return curves;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
