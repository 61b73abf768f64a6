import { stat } from 'node:fs/promises';
import { chosenNetwork, droppedColumns, skippedLines } from '../../app/model/chosen-network.js';
import { predictInput } from '../../app/model/predict-input.js';
import { readCampaign } from '../../app/read-campaign.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Delimiter } from '../../data/sources/csv/delimiter.js';
import type { NumberNotation } from '../../data/sources/csv/number-notation.js';
import { predictRows } from '../../mlp/prediction/predict-rows.js';
import { escapeControls } from '../../text/quote.js';
import { fileOutput, standardOutput } from '../output/predict-output.js';
import {
  type CleanText,
  predictionHeader,
  predictionText,
  skippedText,
  summaryText,
} from '../output/prediction-text.js';

interface PredictFlags {
  readonly output?: string;
  /** Lines that are no rows, counted from 1. */
  readonly skipLines?: readonly number[];
  readonly delimiter?: Delimiter;
  readonly decimal?: NumberNotation['decimal'];
  readonly thousands?: NonNullable<NumberNotation['thousands']>;
}

/** Predicts the rows of a table with the network that a campaign has chosen, and writes the answers as CSV. */
export async function predictCommand(folder: string, table: string, flags: PredictFlags): Promise<void> {
  const { campaign } = await readCampaign(folder);
  const network = await chosenNetwork(folder, campaign);
  const { target } = network.preparation;
  const dropped = droppedColumns(campaign);
  const inTraining = skippedLines(campaign);
  const skipped = flags.skipLines ?? inTraining.above;
  const isGiven = flags.decimal !== undefined || flags.thousands !== undefined;
  const notation = isGiven ? givenNotation(flags) : (campaign.facts?.data?.notation ?? null);
  const delimiter = flags.delimiter ?? null;
  const source = await predictInput(table, { delimiter, skipLines: skipped, notation });
  const output = await outputOf(flags, table);
  try {
    const predictions = predictRows(network, { source, dropped: dropped.length });
    const isOnTerminal = flags.output === undefined && process.stdout.isTTY;
    const clean: CleanText = isOnTerminal ? escapeControls : (text) => text;
    let header = predictionHeader(target, clean);
    let isRead = true;
    for await (const answers of predictions.answers) {
      isRead = await output.write(header + predictionText(target, answers, clean));
      header = '';
      if (!isRead) break;
    }
    // A table with a header line and no row has predictions with a header line and no row.
    if (header !== '') isRead = await output.write(header);
    await output.finish();
    if (isRead) {
      if (flags.skipLines === undefined)
        process.stderr.write(skippedText(inTraining, predictions.summary().rows));
      process.stderr.write(summaryText(predictions.summary(), dropped));
    }
  } catch (error) {
    await output.discard();
    if (flags.skipLines === undefined && error instanceof FitfirstError)
      process.stderr.write(skippedText(inTraining, Number.POSITIVE_INFINITY));
    throw error;
  }
}

/** How the file writes its numbers, by flags, which replace both signs of training. Throws USAGE_INVALID. */
function givenNotation({ decimal = 'point', thousands }: PredictFlags): NumberNotation {
  if (decimal === thousands) {
    throw new FitfirstError(
      'USAGE_INVALID',
      `--thousands is ${thousands}, which is the decimal sign, too. Remove it, or set --decimal to the other sign.`,
    );
  }
  return { decimal, thousands: thousands ?? null };
}

async function outputOf({ output }: PredictFlags, table: string) {
  if (output === undefined) return standardOutput(process.stdout);
  const [from, to] = await Promise.all([table, output].map((path) => stat(path).catch(() => null)));
  if (table !== '-' && from?.isFile() && to?.ino === from.ino && to.dev === from.dev) {
    throw new FitfirstError(
      'USAGE_INVALID',
      `${output}: this is the table itself, which the predictions would replace. Name another file with -o.`,
    );
  }
  return fileOutput(output);
}
