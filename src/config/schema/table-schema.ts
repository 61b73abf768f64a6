import { z } from 'zod';
import { DELIMITERS } from '../../data/sources/csv/delimiter.js';
import { DECIMALS, THOUSANDS } from '../../data/sources/csv/number-notation.js';
import { TABLE_FORMATS } from '../../data/sources/formats.js';
import { column, standardize, tableSplit } from './split-schema.js';

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

/** A path. */
export const file = z.string().min(1);
const files = z.union([file, z.array(file).min(1)]);

/** The section `data` for a table in files. */
export const table = z.strictObject({
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
