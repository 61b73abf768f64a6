import { z } from 'zod';
import { DELIMITERS } from '../../data/sources/csv/delimiter.js';
import { DECIMALS, THOUSANDS } from '../../data/sources/csv/number-notation.js';
import { TABLE_FORMATS } from '../../data/sources/formats.js';

const share = z.number().gt(0).lt(1);
const testShare = z
  .number()
  .min(0)
  .lt(1)
  .default(0.2)
  .describe('Share of the rows that is held out and used once, at the end. Ignored if `test` names a file.');

const shares = z.strictObject({
  validation: share.default(0.2).describe('Share of the rows that settings are compared on.'),
  test: testShare,
});

const folds = z.strictObject({
  folds: z
    .int()
    .min(2)
    .max(1000)
    .describe('Number of folds for cross-validation: each repeat validates on the next fold.'),
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
        'Column with the group of each row (a customer, a patient). A group is never divided between parts.',
      ),
      ...shares.shape,
    }),
    z.strictObject({
      time: column.describe(
        'Column of numbers or dates. The latest rows are the test part, the rows before them the ' +
          'validation part.',
      ),
      ...shares.shape,
    }),
    z.strictObject({
      column: column.describe('Column that holds training, validation or test for each row.'),
    }),
    z.literal('none'),
  ])
  .prefault({})
  .describe(
    'How rows are divided into training, validation and test part: shuffled shares, stratified by class ' +
      '(the default, 0.2 and 0.2); ' +
      'folds; whole groups; by time; by a column; or `none`, which uses all rows for every part.',
  );

const split = z
  .union([shares, folds, z.literal('none')])
  .prefault({})
  .describe(
    'How rows are divided into training, validation and test part: shuffled shares, stratified by class ' +
      '(the default, 0.2 and 0.2); ' +
      'folds; or `none`, which uses all rows for every part.',
  );

const standardize = z
  .boolean()
  .default(true)
  .describe(
    'Scales inputs, and the target of a regression, to mean 0 and standard deviation 1, measured on the ' +
      'training part.',
  );

const missing = z.enum(['error', 'drop', 'mean', 'median', 'most_frequent']);
const missingValues = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]));
const unseen = z.enum(['ignore', 'error']);

const columns = z
  .record(
    z.string().min(1),
    z.strictObject({
      as: z
        .enum(['number', 'one_hot', 'ordinal'])
        .optional()
        .describe(
          'number: one numeric input. one_hot: one input per category. ordinal: one input, the position ' +
            'of the category in `order`. Default: number for columns of numbers, one_hot for text.',
        ),
      order: z
        .array(z.union([z.string(), z.number(), z.boolean()]))
        .min(2)
        .optional()
        .describe(
          'The categories of an ordinal column, lowest first. Default: numbers by value, then text in ' +
            'sorted order.',
        ),
      most_categories: z
        .int()
        .min(1)
        .max(10_000)
        .optional()
        .describe(
          'Only this many categories, the most frequent ones, get an input. Other categories set all of ' +
            'these inputs to 0.',
        ),
      missing: missing
        .optional()
        .describe('How missing cells of this column are treated. Default: as for the table.'),
      missing_values: missingValues
        .optional()
        .describe(
          'More words and numbers that stand for a missing cell of this column. Default: as for the table.',
        ),
      unit: z
        .string()
        .optional()
        .describe(
          'What stands before or after the numbers of this column, such as $, % or kg. `5 %` is then the number 5.',
        ),
      indicator: z
        .boolean()
        .optional()
        .describe('Adds an input that is 1 if the cell is missing. Default: as for the table.'),
      unseen: unseen
        .optional()
        .describe('How a category that the training file lacks is treated. Default: as for the table.'),
    }),
  )
  .default({})
  .describe(
    'Options for single columns, by name, or by index if no column has that name. For the target only ' +
      '`missing: drop`, `missing_values` and `unit` are allowed.',
  );

/** The maximum number of lines that a config can skip. */
const MAX_SKIPPED = 1000;

const file = z.string().min(1);
const files = z.union([file, z.array(file).min(1)]);

const table = z.strictObject({
  path: files.describe(
    `A table, relative to the config: ${TABLE_FORMATS}. For several files give a list, or a pattern such as ` +
      'part-*.csv.',
  ),
  test: files.optional().describe('One or more tables of test rows, relative to the config.'),
  delimiter: z
    .enum(DELIMITERS)
    .optional()
    .describe('What separates the cells of delimited text. Default: detected.'),
  skip_lines: z
    .union([z.int().min(0).max(MAX_SKIPPED), z.array(z.int().min(1)).max(MAX_SKIPPED)])
    .optional()
    .describe(
      'Lines of delimited text that are no rows, in each file: the number of lines above the table, such as a ' +
        'title, or a list of lines counted from 1, such as [1, 3]. Blank lines are always skipped.',
    ),
  decimal: z
    .enum(DECIMALS)
    .optional()
    .describe('The decimal sign of numbers in delimited text. Default: point.'),
  thousands: z
    .enum(THOUSANDS)
    .optional()
    .describe(
      'What separates groups of three digits in delimited text, as in 1,234.5. Default: none, so that such cells are ' +
        'text.',
    ),
  target: column.describe(
    'The column to predict: its name, its index from 0, or a negative index from the end.',
  ),
  header: z.boolean().optional().describe('Whether the first line holds column names. Default: detected.'),
  drop: z.array(column).default([]).describe('Columns to ignore, by name or index.'),
  missing: missing
    .default('error')
    .describe(
      'How missing cells are treated: an error; drop the row; or fill in the mean, median or most ' +
        'frequent value of the training part (for categories always the most frequent).',
    ),
  missing_values: missingValues
    .optional()
    .describe(
      'Words and numbers that stand for a missing cell in every column, such as [n/a, "-", -999]. Empty cells, ?, ' +
        'NA, N/A, NaN, nan, null and NULL always do.',
    ),
  indicator: z
    .boolean()
    .default(false)
    .describe(
      'For each column whose missing cells are filled in, adds an input that is 1 if the cell was missing.',
    ),
  task: z
    .enum(['classification', 'regression'])
    .optional()
    .describe(
      'Classes or numbers. Default: follows from the target. Text or a few distinct whole numbers are classes.',
    ),
  split: tableSplit,
  standardize,
  unseen: unseen
    .default('ignore')
    .describe(
      'How a category that the training file lacks is treated. ignore: all inputs of a one-hot column ' +
        'are 0, and an ordinal column treats it as missing. error: it is an error.',
    ),
  columns,
});

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
      'Scales each input to mean 0 and standard deviation 1. If false, bytes (pixels) become numbers ' +
        'from 0 to 1, and other numbers stay as they are.',
    ),
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
    generate: z.literal('spirals').describe('Interleaved spirals in the plane, one per class.'),
    rows,
    classes,
    noise: z.number().min(0).max(10).default(0.2).describe('Standard deviation around the arms.'),
    split,
    standardize,
  }),
  z.strictObject({
    generate: z.literal('moons').describe('Two interlocking half circles in the plane.'),
    rows,
    noise: z.number().min(0).max(10).default(0.2).describe('Standard deviation around the half circles.'),
    split,
    standardize,
  }),
  z.strictObject({
    generate: z
      .literal('circles')
      .describe('Two circles in the plane, one inside the other and half as wide.'),
    rows,
    noise: z.number().min(0).max(10).default(0.1).describe('Standard deviation around the circles.'),
    split,
    standardize,
  }),
  z.strictObject({
    generate: z
      .literal('strokes')
      .describe(
        'Small noisy pictures of curved strokes, as if drawn by hand. Each class has its own stroke.',
      ),
    rows,
    classes: classes.default(10),
    size: z.int().min(4).max(64).default(12).describe('Width and height in pixels.'),
    noise: z
      .number()
      .min(0)
      .max(10)
      .default(0.2)
      .describe('Standard deviation of the noise added to each pixel (a stroke has value 1).'),
    split,
    standardize: standardize.default(false),
  }),
  z.strictObject({
    generate: z.literal('teacher').describe('Normally distributed inputs, labelled by a random network.'),
    rows,
    inputs: z.int().min(1).max(10_000).default(10).describe('Number of inputs.'),
    units: z
      .int()
      .min(1)
      .max(10_000)
      .default(8)
      .describe('Hidden units of the network that labels the rows.'),
    classes,
    noise: z.number().min(0).max(1).default(0.1).describe('Share of the rows whose label is random.'),
    split,
    standardize,
  }),
]);

/** The section `data`. */
export const dataSchema = z
  .union([table, arrays, generated])
  .describe('The source of the rows, how columns become inputs, and how rows are split.');

export type DataInput = z.output<typeof dataSchema>;
