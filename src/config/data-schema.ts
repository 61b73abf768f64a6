import { z } from 'zod';

const share = z.number().gt(0).lt(1);
const testShare = z
  .number()
  .min(0)
  .lt(1)
  .default(0.2)
  .describe(
    'Share of the rows that is held out and used once, at the end; not used where `test` names a file.',
  );

const shares = z.strictObject({
  validation: share.default(0.2).describe('Share of the rows that settings are judged by.'),
  test: testShare,
});

const folds = z.strictObject({
  folds: z.int().min(2).max(1000).describe('Number of folds: repeat r is fold r mod k of a partition.'),
  test: testShare,
});

const split = z
  .union([shares, folds, z.literal('none')])
  .prefault({})
  .describe(
    'How rows become training, validation and test part: shuffled shares, stratified by class (the default, 0.2 and 0.2); ' +
      'folds; or `none`, where all parts are the same rows.',
  );

const standardize = z
  .boolean()
  .default(true)
  .describe(
    'Inputs to mean 0 and standard deviation 1, measured on the training part; number targets likewise.',
  );

const column = z.union([z.string().min(1), z.int()]);

const csv = z.strictObject({
  path: z.string().min(1).describe('A CSV file, relative to the config.'),
  test: z.string().min(1).optional().describe('A file of test rows, relative to the config.'),
  target: column.describe(
    'Column of the target: its name, its index from 0, or a negative index from the end.',
  ),
  header: z
    .boolean()
    .optional()
    .describe('Whether the first line names the columns. Left out, it is found out.'),
  drop: z.array(column).default([]).describe('Columns to leave out, by name or index.'),
  missing: z
    .enum(['error', 'drop', 'mean', 'median'])
    .default('error')
    .describe(
      'Missing cells: an error; drop the row; or fill in the mean or median of the training part (text: the most frequent).',
    ),
  task: z
    .enum(['classification', 'regression'])
    .optional()
    .describe('Left out, it follows from the target: text or few distinct whole numbers are classes.'),
  split,
  standardize,
  unseen: z
    .enum(['ignore', 'error'])
    .default('ignore')
    .describe('A category that the training rows do not have: none of its columns is set, or an error.'),
});

const rows = z.int().min(4).max(1_000_000).default(600).describe('Number of rows.');
const classes = z.int().min(2).max(100).default(2).describe('Number of classes.');

const generated = z.discriminatedUnion('generate', [
  z.strictObject({
    generate: z
      .literal('xor')
      .describe('Four rows of three inputs, the last always 1: the exclusive or of the first two.'),
    split: z.literal('none').default('none').describe('Four rows cannot be split.'),
    standardize: standardize.default(false),
  }),
  z.strictObject({
    generate: z.literal('spirals').describe('Interleaved spirals in the plane, one a class.'),
    rows,
    classes,
    noise: z.number().min(0).max(10).default(0.2).describe('Standard deviation around the arms.'),
    split,
    standardize,
  }),
  z.strictObject({
    generate: z.literal('teacher').describe('Normal inputs, labelled by a random network.'),
    rows,
    inputs: z.int().min(1).max(10_000).default(10).describe('Number of inputs.'),
    units: z.int().min(1).max(10_000).default(8).describe("Units of the labelling network's hidden layer."),
    classes,
    noise: z.number().min(0).max(1).default(0.1).describe('Share of the rows that is labelled at random.'),
    split,
    standardize,
  }),
]);

/** The section `data`. */
export const dataSchema = z
  .union([csv, generated])
  .describe('Where the rows come from, and how they become inputs and parts.');

export type DataInput = z.output<typeof dataSchema>;
