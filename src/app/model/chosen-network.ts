import type { Campaign } from '../../campaign/campaign.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { readNetwork, type SavedNetwork } from '../../mlp/network-file.js';
import { NetworkFiles } from './network-files.js';

/** The network of the finish. Throws CAMPAIGN_MISSING where the campaign has none, yet or at all. */
export async function chosenNetwork(folder: string, campaign: Campaign): Promise<SavedNetwork> {
  const { conclusion } = campaign;
  if (conclusion === null) {
    throw new FitfirstError(
      'CAMPAIGN_MISSING',
      `${folder}: the campaign is not concluded, so it has no network yet. Finish it with fitfirst run first.`,
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

/** The lines of the files of training that are no rows, counted from 1. */
export function skippedLines({ facts }: Campaign): readonly number[] {
  return facts?.data?.skippedLines ?? [];
}

/** The columns that training left out, as the config names them. */
export function droppedColumns({ facts }: Campaign): readonly (string | number)[] {
  return facts?.data?.dropped ?? [];
}
