import { chosenNetwork, droppedColumns } from '../app/chosen-network.js';
import { readCampaign } from '../app/read-campaign.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { type Row, type Rows, textRows } from '../data/sources/cells.js';
import type { Network } from '../mlp/network-file.js';
import { predictRows, type RowPredictions } from '../mlp/prediction/predict-rows.js';

/** A cell of a table in memory. Null, undefined and NaN are missing. */
export type CellValue = string | number | boolean | null | undefined;

/** A row to predict: cells by the names of the columns, or in the order of `columns`. */
export type ModelRow = Readonly<Record<string, CellValue>> | readonly CellValue[];

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
  /** One prediction for each row, in their order. Throws DATA_INVALID for rows that do not fit the network. */
  predict(rows: readonly ModelRow[]): Promise<readonly Prediction[]>;
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
      const table = { path: 'rows', rows: eachOf(tableOf(rows, columns)), dropped };
      const predictions: Prediction[] = [];
      for await (const some of predictRows(network, table).answers)
        predictions.push(...predictionsOf(network, some));
      return predictions;
    },
  };
}

function classesOf({ preparation: { target } }: Network): readonly string[] | null {
  return target.kind === 'class' ? target.classes : null;
}

async function* eachOf(rows: Rows): AsyncGenerator<Rows, void, void> {
  yield rows;
}

/** The rows as a table with a header on line 0, so that line 1 in a message is the first row. */
function tableOf(rows: readonly ModelRow[], columns: readonly string[]): Rows {
  const named = rows.filter(isNamed);
  if (named.length === 0) return withHeader(columns, rows.filter(isList));
  if (named.length < rows.length)
    throw new FitfirstError('USAGE_INVALID', 'Some rows are lists and others are objects. Pass one kind.');
  const names = [...new Set(named.flatMap((row) => Object.keys(row)))];
  return withHeader(
    names,
    named.map((row) => names.map((name) => (Object.hasOwn(row, name) ? row[name] : null))),
  );
}

function withHeader(names: readonly string[], rows: readonly (readonly CellValue[])[]): Rows {
  return textRows([{ cells: names, line: 0 }, ...rows.map(textRow)]);
}

const isList = (row: ModelRow): row is readonly CellValue[] => Array.isArray(row);
const isNamed = (row: ModelRow): row is Readonly<Record<string, CellValue>> => !isList(row);

function textRow(cells: readonly CellValue[], index: number): Row {
  return { cells: cells.map(cellText), line: index + 1 };
}

function cellText(value: CellValue): string {
  return value === null || value === undefined || Number.isNaN(value) ? '' : String(value).trim();
}

function predictionsOf(network: Network, { predicted, probabilities }: RowPredictions): Prediction[] {
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
