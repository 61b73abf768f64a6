import { z } from 'zod';

const patterns = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const epoch = z
  .string()
  .regex(/^[^\s/]+(\s*\/\s*\d+)?$/, {
    error: 'expected a name, or a name and a number of steps: "step / 500"',
  })
  .describe(
    'Name of the number that says the epoch. "step / 500" divides steps by 500 and rounds up. Default: epoch.',
  );

const once = z
  .boolean()
  .default(false)
  .describe('Whether these metrics are of the whole trial, such as a test score that is printed at the end.');

const metrics = z
  .record(z.string().min(1), z.string().min(1))
  .describe(
    'Which metrics are read, as {name in fitfirst: name in the source}. Default: all, with their names in the source.',
  );

const sourceSchema = z.union([
  z.enum(['file', 'stdout']),
  z.strictObject({
    pattern: patterns.describe(
      'Regular expression with named groups, such as "epoch (?<epoch>\\d+) loss ' +
        '(?<train_loss>\\S+)". With a list, ' +
        'a report is complete once every pattern has matched.',
    ),
    from: z.enum(['stdout', 'stderr']).optional().describe('Which output is read. Default: both.'),
    epoch: epoch.optional(),
    once,
  }),
  z.strictObject({
    file: z
      .string()
      .min(1)
      .describe(
        'A file that the program writes, in the folder of the trial or with macros: .csv (with a header), .jsonl ' +
          '(an object a line) or .json (read at the end).',
      ),
    format: z
      .enum(['csv', 'jsonl', 'json'])
      .optional()
      .describe('Format of the file. Default: the end of its name gives the format.'),
    metrics: metrics.optional(),
    epoch: epoch.optional(),
    once,
  }),
  z.strictObject({
    tensorboard: z
      .string()
      .min(1)
      .describe('A folder with event files of TensorBoard, in the folder of the trial or with macros.'),
    metrics: metrics.optional(),
    epoch: epoch.optional(),
    once,
  }),
]);

/** `trainer.report`. */
export const reportSchema = z
  .union([sourceSchema, z.array(sourceSchema).min(1).max(20)])
  .default('file')
  .describe(
    'How metrics are read, or a list of ways that are read at once. file: JSON Lines that the program appends to the ' +
      'file $FITFIRST_REPORT. stdout: JSON Lines on standard output. Or a pattern for printed lines, a file, or ' +
      'event files of TensorBoard.',
  );

/** `trainer.evaluate`. */
export const evaluateSchema = z
  .union([
    z.array(z.string()).min(1),
    z.strictObject({
      command: z.array(z.string()).min(1).describe('Program and arguments; macros are replaced.'),
      pattern: patterns
        .optional()
        .describe('What reads its output. Default: lines of JSON on standard output.'),
    }),
  ])
  .describe('A command that runs after the program, and whose metrics are of the whole trial.');

export type ReportInput = z.output<typeof reportSchema>;
export type SourceInput = z.output<typeof sourceSchema>;
export type EvaluateInput = z.output<typeof evaluateSchema>;
