import { basename } from 'node:path';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { builtInKinds } from '../config/config-kinds.js';
import type { ConfigObject, MemoryRows } from '../config/parse-draft.js';
import { executorPart } from './custom-executor.js';
import { methodPart } from './custom-method.js';
import type { DataConfig, RowsConfig } from './data-config.js';
import { trainerPart } from './inline-trainer.js';
import { withPart } from './program-part.js';
import type { AnyCampaignConfig } from './tune-config.js';

/** Stands for rows in the text of a config. */
const IN_MEMORY = '(rows in memory)';
const TEST_IN_MEMORY = '(test rows in memory)';

/** The object as a config: paths start at the working directory. */
export function configObject({
  method,
  data,
  executor,
  trainer,
  ...config
}: AnyCampaignConfig): ConfigObject {
  const { value: section, ...rows } = dataSection(data);
  const parts = {
    trainer: trainerPart(trainer),
    executor: executorPart(executor),
    method: methodPart(method),
  };
  const keys = { data: section, trainer: parts.trainer.value, executor: parts.executor.value };
  return {
    folder: process.cwd(),
    name: usualName(data),
    value: {
      ...config,
      ...Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)),
      ...parts.method.keys,
    },
    ...rows,
    kinds: {
      trainers: withPart(builtInKinds.trainers, parts.trainer),
      outlets: builtInKinds.outlets,
      executors: withPart(builtInKinds.executors, parts.executor),
      methods: withPart(builtInKinds.methods, parts.method),
    },
  };
}

/** The section `data` as a file might hold it, and the rows that no file can hold. */
function dataSection(data: DataConfig | undefined): { readonly value?: object; readonly rows?: MemoryRows } {
  if (!isRows(data)) return data === undefined ? {} : { value: data };
  const { rows: training, test, ...options } = data;
  if ('path' in options)
    throw new FitfirstError(
      'CONFIG_INVALID',
      'data.rows  does not go with data.path. Take one or the other out.',
    );
  const files = test === undefined ? { path: IN_MEMORY } : { path: IN_MEMORY, test: TEST_IN_MEMORY };
  return { value: { ...files, ...options }, rows: { training, test: test ?? null } };
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
