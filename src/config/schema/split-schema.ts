import { z } from 'zod';

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

/** A column by name or index. */
export const column = z.union([z.string().min(1), z.int()]);

/** Splits that only a table has: by a column of its own, which is then no input. */
export const tableSplit = z
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

/** Splits of data without columns of their own for it. */
export const split = z
  .union([shares, folds, z.literal('none')])
  .prefault({})
  .describe(
    'How rows are divided into training, validation and test part: shuffled shares, stratified by class ' +
      '(the default, 0.2 and 0.2); ' +
      'folds; or `none`, which uses all rows for every part.',
  );

export const standardize = z
  .union([z.boolean(), z.literal('together')])
  .default(true)
  .describe(
    'Scales inputs, and the target of a regression, to mean 0 and standard deviation 1, measured on the ' +
      'training part: each input by itself, or all inputs `together` by one mean and one deviation. `together` is ' +
      'for inputs that share a unit, such as pixels: by itself, a pixel that is nearly always blank would get huge ' +
      'values.',
  );
