import { join } from 'node:path';
import { prepareCampaign } from '../../src/app/prepare-campaign.js';
import type { Dataset } from '../../src/data/dataset.js';

/** A table of classes. */
interface WidthsTable {
  readonly name: string;
  readonly data: object;
}

export const TABLES: readonly WidthsTable[] = [
  { name: 'iris', data: { target: 4, header: false } },
  { name: 'wine', data: { target: 13, header: false } },
  { name: 'sonar', data: { target: 60, header: false } },
  { name: 'wisc_bc_data', data: { target: 'diagnosis', header: true, drop: ['id'] } },
];

/** The rows of a table, split into halves for training and a quarter each for validation and test. */
export async function tableFrom(folder: string, { name, data }: WidthsTable): Promise<Dataset> {
  const split = { validation: 0.25, test: 0.25 };
  const { dataset } = await prepareCampaign({
    folder,
    name,
    value: {
      name,
      seed: 1,
      data: { path: join(folder, `${name}.csv`), task: 'classification', split, ...data },
      parameters: { hidden: { values: [16] }, epochs: 1 },
      method: 'grid',
    },
  });
  if (dataset === null) throw new Error(`${name} has no rows`);
  return dataset;
}
