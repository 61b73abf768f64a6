import { ColumnMistakes } from '../training/data/column-mistakes.js';
import type { Dataset } from '../training/data/dataset.js';
import { loadDataset } from '../training/data/load-dataset.js';
import type { ReadingWatch } from '../training/data/read-bytes.js';
import { invalid, type LoadedConfig } from './load-config.js';

/**
 * Reads the data of a config; null where it has none. Throws DATA_INVALID, or CONFIG_INVALID as `loadConfig` does
 * where the table shows that what the config says of its columns is wrong.
 */
export async function loadData(loaded: LoadedConfig, watch?: ReadingWatch): Promise<Dataset | null> {
  const { config, document, path } = loaded;
  if (config.data === null) return null;
  try {
    return await loadDataset(config.data, config.seed, watch);
  } catch (error) {
    if (!(error instanceof ColumnMistakes)) throw error;
    const problems = error.mistakes.map(({ column, option, sentence }) => {
      const at = ['data', 'columns', column];
      const place =
        option === null
          ? document.placeOf(at, 'key')
          : document.placeOf([...at, option === 'mostCategories' ? 'most_categories' : option], 'value');
      return { place, sentence };
    });
    throw invalid(path, problems);
  }
}
