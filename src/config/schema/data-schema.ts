import { z } from 'zod';
import { delimiters } from '../../data/sources/delimiter.js';

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

const column = z.union([z.string().min(1), z.int()]);

/** Splits that only a table has: by a column of its own, which is then no input. */
const tableSplit = z
  .union([
    shares,
    folds,
    z.strictObject({
      group: column.describe(
        'Column that names the group of a row (a customer, a patient): no group is in two parts.',
      ),
      ...shares.shape,
    }),
    z.strictObject({
      time: column.describe(
        'Column of numbers or dates: the last rows are the test part, those before them validation.',
      ),
      ...shares.shape,
    }),
    z.strictObject({ column: column.describe('Column that says training, validation or test of each row.') }),
    z.literal('none'),
  ])
  .prefault({})
  .describe(
    'How rows become training, validation and test part: shuffled shares, stratified by class (the default, 0.2 and 0.2); ' +
      'folds; whole groups; the last rows in time; as a column says; or `none`, where all parts are the same rows.',
  );

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

const missing = z.enum(['error', 'drop', 'mean', 'median', 'most_frequent']);
const unseen = z.enum(['ignore', 'error']);

const columns = z
  .record(
    z.string().min(1),
    z.strictObject({
      as: z
        .enum(['number', 'one_hot', 'ordinal'])
        .optional()
        .describe(
          'Numbers; one input a category; or one input, the place of the category in an order. Left out, texts are one-hot.',
        ),
      order: z
        .array(z.union([z.string(), z.number(), z.boolean()]))
        .min(2)
        .optional()
        .describe(
          'The categories of an ordinal column from the lowest. Left out, numbers by value, then texts as they sort.',
        ),
      most_categories: z
        .int()
        .min(1)
        .max(10_000)
        .optional()
        .describe(
          'Only so many categories, the most frequent, have an input; the others count as none of them.',
        ),
      missing: missing.optional().describe('Missing cells of this column. Left out, as for the table.'),
      indicator: z
        .boolean()
        .optional()
        .describe('One more input, 1 where the cell is missing. Left out, as for the table.'),
      unseen: unseen
        .optional()
        .describe('A category that the training file does not have. Left out, as for the table.'),
    }),
  )
  .default({})
  .describe(
    'What is special about single columns, by name, or by index where no column is called so. Of the target, missing: drop can be said.',
  );

const file = z.string().min(1);
const files = z.union([file, z.array(file).min(1)]);

const table = z.strictObject({
  path: files.describe(
    'A table, relative to the config: CSV or other text with delimiters (also .gz), Parquet or NPY. Several: a list, or a pattern like part-*.csv.',
  ),
  test: files.optional().describe('A table of test rows, or several, relative to the config.'),
  delimiter: z
    .enum(delimiters)
    .optional()
    .describe('What stands between the cells of a text. Left out, it is found out.'),
  target: column.describe(
    'Column of the target: its name, its index from 0, or a negative index from the end.',
  ),
  header: z
    .boolean()
    .optional()
    .describe('Whether the first line names the columns. Left out, it is found out.'),
  drop: z.array(column).default([]).describe('Columns to leave out, by name or index.'),
  missing: missing
    .default('error')
    .describe(
      'Missing cells: an error; drop the row; or fill in the mean, median or most frequent of the training part (texts: the most frequent).',
    ),
  indicator: z
    .boolean()
    .default(false)
    .describe('One more input for each column with missing cells that are filled: 1 where one is missing.'),
  task: z
    .enum(['classification', 'regression'])
    .optional()
    .describe('Left out, it follows from the target: text or few distinct whole numbers are classes.'),
  split: tableSplit,
  standardize,
  unseen: unseen
    .default('ignore')
    .describe(
      'A category that the training file does not have: ignore (all inputs of a one-hot column are 0; an ordinal one takes it for missing), or error.',
    ),
  columns,
});

const arrayFiles = z.strictObject({
  images: file.describe('Inputs: an IDX file (also .gz) or an NPY file, one image or row of numbers a row.'),
  labels: file.describe('Targets: an IDX file (also .gz) or an NPY file, one number a row.'),
});

const arrays = z.strictObject({
  ...arrayFiles.shape,
  test: arrayFiles.optional().describe('Files of test rows, relative to the config.'),
  task: z
    .enum(['classification', 'regression'])
    .optional()
    .describe('Left out, it follows from the labels: few distinct whole numbers are classes.'),
  split,
  standardize: standardize
    .default(false)
    .describe('Left out, pixels (bytes) become numbers from 0 to 1, and other numbers stay as they are.'),
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
    generate: z.literal('moons').describe('Two half circles in the plane that reach into each other.'),
    rows,
    noise: z.number().min(0).max(10).default(0.2).describe('Standard deviation around the half circles.'),
    split,
    standardize,
  }),
  z.strictObject({
    generate: z.literal('circles').describe('A circle around another in the plane, half as wide.'),
    rows,
    noise: z.number().min(0).max(10).default(0.1).describe('Standard deviation around the circles.'),
    split,
    standardize,
  }),
  z.strictObject({
    generate: z
      .literal('strokes')
      .describe('Small noisy pictures: a bent stroke a class, drawn with a shaky hand.'),
    rows,
    classes: classes.default(10),
    size: z.int().min(4).max(64).default(12).describe('Pixels a side.'),
    noise: z
      .number()
      .min(0)
      .max(10)
      .default(0.2)
      .describe('Standard deviation that is added to each pixel (ink is 1).'),
    split,
    standardize: standardize.default(false),
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
  .union([table, arrays, generated])
  .describe('Where the rows come from, and how they become inputs and parts.');

export type DataInput = z.output<typeof dataSchema>;
