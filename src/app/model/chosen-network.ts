import type { Campaign } from '../../campaign/campaign.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { readNetwork, type SavedNetwork } from '../../mlp/network-file.js';
import { NetworkFiles } from './network-files.js';

/** The network of the finish. Throws CAMPAIGN_MISSING where the campaign has none, yet or at all. */
export async function chosenNetwork(folder: string, campaign: Campaign): Promise<SavedNetwork> {
  const { conclusion, facts } = campaign;
  if (facts?.trainer === 'external') {
    throw new FitfirstError(
      'CAMPAIGN_MISSING',
      `${folder}: the networks of this campaign were trained by your own trainer, so fitfirst has none to predict ` +
        'with. Use the model that your trainer saved.',
    );
  }
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

/** Lines of the files of training that are no rows, counted from 1. */
export interface SkippedLines {
  /** Titles and units above the rows, which other files have, too. */
  readonly above: readonly number[];
  /** Lines among the rows or below them, such as a total, where other files have rows. */
  readonly below: readonly number[];
}

/** Besides those that are skipped, only the header line and a blank one can stand above the rows. */
const MAX_LINES_ABOVE = 2;

export function skippedLines({ facts }: Campaign): SkippedLines {
  const lines = [...new Set(facts?.data?.skippedLines)].sort((a, b) => a - b);
  const isAbove = (line: number, i: number): boolean => line - 1 - i <= MAX_LINES_ABOVE;
  return { above: lines.filter(isAbove), below: lines.filter((line, i) => !isAbove(line, i)) };
}

/** The columns that training left out, as the config names them. */
export function droppedColumns({ facts }: Campaign): readonly (string | number)[] {
  return facts?.data?.dropped ?? [];
}
