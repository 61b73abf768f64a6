import { basename } from 'node:path';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { ConfigObject, MemoryRows } from '../config/parse-draft.js';
import type { DataConfig, RowsConfig } from './data-config.js';
import type { CampaignConfig } from './tune-config.js';

/** Stands for rows in the text of a config. */
const IN_MEMORY = '(rows in memory)';
const TEST_IN_MEMORY = '(test rows in memory)';

/** The object as a config: paths start at the working directory. */
export function configObject({ method, data, ...config }: CampaignConfig): ConfigObject {
  const origin = { folder: process.cwd(), name: usualName(data) };
  if (!isRows(data)) return { ...origin, value: { ...config, ...(data && { data }), ...method } };
  const { rows: training, test, ...options } = data;
  if ('path' in options)
    throw new FitfirstError(
      'CONFIG_INVALID',
      'data.rows  does not go with data.path. Take one or the other out.',
    );
  const rows: MemoryRows = { training, test: test ?? null };
  const files = test === undefined ? { path: IN_MEMORY } : { path: IN_MEMORY, test: TEST_IN_MEMORY };
  return { ...origin, value: { ...config, data: { ...files, ...options }, ...method }, rows };
}

function isRows(data: DataConfig | undefined): data is RowsConfig {
  return typeof data === 'object' && data !== null && 'rows' in data && Array.isArray(data.rows);
}

/** After the data, where they are a file. */
function usualName(data: DataConfig | undefined): string {
  const path = typeof data === 'object' && data !== null && 'path' in data ? data.path : null;
  const first = typeof path === 'string' ? path : path?.[0];
  return typeof first === 'string' ? basename(first).replace(/\..*$/, '') || 'campaign' : 'campaign';
}
