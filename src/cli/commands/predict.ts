import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { NetworkFiles } from '../../app/network-files.js';
import { predictInput } from '../../app/predict-input.js';
import { readCampaign } from '../../app/read-campaign.js';
import type { Campaign } from '../../campaign/campaign.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { type Network, readNetwork } from '../../mlp/network-file.js';
import { predictRows } from '../../mlp/prediction/predict-rows.js';
import { fileOutput, standardOutput } from '../output/predict-output.js';
import { predictionHeader, predictionText, summaryText } from '../output/prediction-text.js';

interface PredictFlags {
  readonly output?: string;
}

/** Predicts the rows of a table with the network that a campaign has chosen, and writes the answers as CSV. */
export async function predictCommand(folder: string, table: string, flags: PredictFlags): Promise<void> {
  const { campaign } = await readCampaign(folder);
  const network = await chosenNetwork(folder, campaign);
  const { target } = network.preparation;
  const dropped = droppedColumns(campaign);
  const source = await predictInput(table);
  const output = await outputOf(flags, table);
  try {
    const predictions = predictRows(network, { source, dropped: dropped.length });
    let header = predictionHeader(target);
    let isRead = true;
    for await (const answers of predictions.answers) {
      isRead = await output.write(header + predictionText(target, answers));
      header = '';
      if (!isRead) break;
    }
    // A table with a header line and no row has predictions with a header line and no row.
    if (header !== '') isRead = await output.write(header);
    await output.finish();
    if (isRead) process.stderr.write(summaryText(predictions.summary(), dropped));
  } catch (error) {
    await output.discard();
    throw error;
  }
}

/** The network of the finish. Throws CAMPAIGN_MISSING where the campaign has none, yet or at all. */
async function chosenNetwork(folder: string, campaign: Campaign): Promise<Network> {
  const { conclusion } = campaign;
  if (conclusion === null) {
    throw new FitfirstError(
      'CAMPAIGN_MISSING',
      `${folder}: the campaign has not come to its end, so there is no network yet. Let fitfirst run finish it first.`,
    );
  }
  if (conclusion.chosen === null) {
    throw new FitfirstError(
      'CAMPAIGN_MISSING',
      `${folder}: the campaign has chosen no network. ${conclusion.because}`,
    );
  }
  return readNetwork(await new NetworkFiles(folder).read(conclusion.chosen));
}

const reference = z.union([z.string(), z.number()]);
const configWithDrop = z.object({
  data: z.object({ drop: z.array(reference), split: z.object({ column: reference.optional() }) }),
});

/** The columns that training left out, as the config names them. */
function droppedColumns({ facts }: Campaign): readonly (string | number)[] {
  const parsed = configWithDrop.safeParse(facts?.config);
  if (!parsed.success) return [];
  const { drop, split } = parsed.data.data;
  return [...new Set(split.column === undefined ? drop : [...drop, split.column])];
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
