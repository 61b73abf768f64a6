import { chosenNetwork, droppedColumns } from '../app/model/chosen-network.js';
import { readCampaign } from '../app/read-campaign.js';
import { dataError } from '../data/diagnostics.js';
import { type MemoryCell, type MemoryRow, memorySource } from '../data/sources/memory-rows.js';
import type { RowSource } from '../data/sources/row-source.js';
import type { SavedNetwork } from '../mlp/network-file.js';
import { predictRows, type RowPredictions } from '../mlp/prediction/predict-rows.js';
import { formatCount } from '../text/number.js';

type NamedRow = Exclude<MemoryRow, readonly MemoryCell[]>;

/** The answer for one row. */
export interface Prediction {
  /** The class, or the number in the units of the target. */
  readonly predicted: string | number;
  /** The probability of each class by its name; null for a regression. */
  readonly probabilities: Readonly<Record<string, number>> | null;
}

/** The network that a campaign chose. */
export interface Model {
  readonly task: 'classification' | 'regression';
  /** Name of the column that is predicted. */
  readonly target: string;
  /** Names of the columns that a row needs. */
  readonly columns: readonly string[];
  /** Names of the classes in their order; null for a regression. */
  readonly classes: readonly string[] | null;
  /**
   * One prediction for each row, in their order. A row is an object with cells by the names of the columns, or a list
   * of cells in the order of `columns`; null, undefined and NaN are missing. Throws DATA_INVALID for rows that do not
   * fit the network.
   */
  predict(rows: readonly MemoryRow[]): Promise<readonly Prediction[]>;
}

/**
 * The network of a results folder. Throws CAMPAIGN_MISSING if the folder holds no concluded campaign, or one that chose
 * no network.
 */
export async function loadModel(folder: string): Promise<Model> {
  const { campaign } = await readCampaign(folder);
  const network = await chosenNetwork(folder, campaign);
  const { target } = network.preparation;
  const columns = network.preparation.columns
    .filter(({ kind }) => kind !== 'indicator')
    .map(({ name }) => name);
  const dropped = droppedColumns(campaign).length;
  return {
    task: target.kind === 'class' ? 'classification' : 'regression',
    target: target.name,
    columns,
    classes: classesOf(network),
    async predict(rows) {
      if (rows.length === 0) return [];
      const table = { source: sourceOf(rows, columns, target.name), dropped };
      const predictions: Prediction[] = [];
      for await (const some of predictRows(network, table).answers)
        predictions.push(...predictionsOf(network, some));
      return predictions;
    },
  };
}

function classesOf({ preparation: { target } }: SavedNetwork): readonly string[] | null {
  return target.kind === 'class' ? target.classes : null;
}

/** The rows with all of their columns named; the target is one of them, since it need not be there. */
function sourceOf(rows: readonly MemoryRow[], columns: readonly string[], target: string): RowSource {
  const named = rows.map((row, index) => (isList(row) ? byName(row, columns, index) : row));
  const names = new Set([...named.flatMap((row) => Object.keys(row)), target]);
  return memorySource({ rows: named, columns: [...names] }, ['rows']);
}

const isList = (row: MemoryRow): row is readonly MemoryCell[] => Array.isArray(row);

function byName(row: readonly MemoryCell[], columns: readonly string[], index: number): NamedRow {
  if (row.length === columns.length)
    return Object.fromEntries(columns.map((name, i): [string, MemoryCell] => [name, row[i]]));
  throw dataError(
    `rows[${index}]  found ${formatCount(row.length, 'cell')}, expected ${columns.length}: ${columns.join(', ')}.`,
  );
}

function predictionsOf(network: SavedNetwork, { predicted, probabilities }: RowPredictions): Prediction[] {
  const classes = classesOf(network);
  return predicted.map((answer, row) => ({
    predicted: answer,
    probabilities:
      classes === null || probabilities === null
        ? null
        : Object.fromEntries(
            classes.map((name, i) => [name, probabilities[row * classes.length + i] ?? Number.NaN]),
          ),
  }));
}
