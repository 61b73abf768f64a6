import { z } from 'zod';
import { generated } from './generated-schema.js';
import { split, standardize } from './split-schema.js';
import { file, table } from './table-schema.js';

const arrayFiles = z.strictObject({
  images: file.describe(
    'Inputs: an IDX file (also .gz) or an NPY file with one image, or one row of numbers, per row.',
  ),
  labels: file.describe('Targets: an IDX file (also .gz) or an NPY file with one number per row.'),
});

const arrays = z.strictObject({
  ...arrayFiles.shape,
  test: arrayFiles.optional().describe('Files of test rows, relative to the config.'),
  task: z
    .enum(['classification', 'regression'])
    .optional()
    .describe(
      'Classes or numbers. Default: follows from the labels. A few distinct whole numbers are classes.',
    ),
  split,
  standardize: standardize
    .default(false)
    .describe(
      'Scales inputs to mean 0 and standard deviation 1: each by itself if true, or all `together` by one mean and ' +
        'one deviation. If false, bytes (pixels) become numbers from 0 to 1, and other numbers stay as they are.',
    ),
});

/** The section `data`. */
export const dataSchema = z
  .union([table, arrays, generated])
  .describe('The source of the rows, how columns become inputs, and how rows are split.');

export type DataInput = z.output<typeof dataSchema>;
