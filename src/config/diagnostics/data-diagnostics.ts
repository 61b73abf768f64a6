import type { Dataset } from '../../data/dataset.js';
import { dataDiagnosticsOf } from '../../data/diagnostics.js';
import { checkNames, loadDataset } from '../../data/load-dataset.js';
import type { ReadingWatch } from '../../data/sources/read-bytes.js';
import type { Task } from '../../trainers/trainer-kind.js';
import { isPipeName } from '../config-text.js';
import type { DraftedConfig } from '../parse-draft.js';
import { isBroken } from './broken-parts.js';
import type { Diagnostic } from './diagnostic.js';

/** What a look at the data of a config shows. */
export interface ShownByData {
  /** null where there are none, or something is wrong. */
  readonly dataset: Dataset | null;
  /** What is to be learned; null where that is not known. */
  readonly task: Task | null;
  /** What is wrong in the config. */
  readonly problems: readonly Diagnostic[];
  /** What is wrong in the data, each with its place. */
  readonly files: readonly string[];
}

export const nothingShown: ShownByData = { dataset: null, task: null, problems: [], files: [] };

/** What messages call the place where relative paths start, and what they call it for a config from a pipe. */
const FOLDER = 'the folder of this config';
const WORKING_DIRECTORY = 'the working directory, because this config comes from a pipe';

/** The seed of generated data where the config's own is broken. */
const ANY_SEED = 1;

/**
 * Reads the data of a config, also of one with mistakes, so that all mistakes are reported together. If the section
 * `data` is itself wrong, only names of files and columns are looked up, because the cells could not be checked.
 */
export async function showData(drafted: DraftedConfig, watch?: ReadingWatch): Promise<ShownByData> {
  const { data, structure, checks, document } = drafted;
  if (data === null) return nothingShown;
  const isSound = !isBroken(['data'], structure.broken) && checks.problems.length === 0;
  try {
    if (!isSound) {
      await checkNames(data);
      return nothingShown;
    }
    const dataset = await loadDataset(data, structure.draft.seed ?? ANY_SEED, watch);
    return { ...nothingShown, dataset, task: dataset.task };
  } catch (error) {
    const { options, files, task } = dataDiagnosticsOf(error);
    const problems = options
      .filter(({ path }) => !checks.isBroken(path))
      .map(({ path, at, sentence }) => ({
        place: document.placeOf(path, at),
        sentence: isPipeName(drafted.path) ? sentence.replace(FOLDER, WORKING_DIRECTORY) : sentence,
      }));
    return { dataset: null, task, problems, files };
  }
}
