import { z } from 'zod';
import { bytesOf, millisecondsOf } from './duration.js';

const expectedDuration = 'expected a duration such as 90s, 10m or 1.5h';
const duration = z.string().refine((text) => millisecondsOf(text) !== null, { error: expectedDuration });

const code = {
  files: z
    .array(z.string().min(1))
    .optional()
    .describe(
      "Further files of the program's, or patterns such as src/**/*.py, relative to this file: when one has changed, the campaign does not just go on.",
    ),
  version: z
    .union([z.string().min(1), z.number()])
    .optional()
    .describe('Counts instead of what the files hold: to be raised with every change that changes results.'),
};

const module = z.strictObject({
  module: z
    .string()
    .min(1)
    .describe('An ES module whose default export is `async function* train(parameters, context)`.'),
  ...code,
});

const resource = z.union([
  z
    .int()
    .min(1)
    .max(1024)
    .describe('How many a trial needs; of `gpu` there are as many as the machine shows.'),
  z.strictObject({
    each: z.int().min(1).max(1024).default(1).describe('How many a trial needs.'),
    of: z
      .union([z.int().min(1).max(1024), z.array(z.union([z.string(), z.number()])).min(1)])
      .describe('How many there are, or their names.'),
  }),
]);

const command = z.strictObject({
  command: z.array(z.string()).min(1).describe(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: macros are written so.
    'Program and arguments, a list that no shell reads; macros such as ${args} as in W&B sweeps.',
  ),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as above.
  program: z.string().min(1).optional().describe('What ${program} stands for.'),
  ...code,
  report: z
    .union([
      z.enum(['file', 'stdout']),
      z.strictObject({
        pattern: z
          .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
          .describe(
            'Regular expression with named groups, such as "epoch (?<epoch>\\d+) loss (?<train_loss>\\S+)". Of several, each has ' +
              'to match for a report.',
          ),
      }),
    ])
    .default('file')
    .describe(
      'file: JSON Lines appended to the file $FITFIRST_REPORT; stdout: JSON Lines on standard output; or a pattern for its lines.',
    ),
  timeout: duration
    .optional()
    .describe('How long a trial may take, as in 10m. Left out: as long as it likes.'),
  max_rss: z
    .string()
    .refine((text) => bytesOf(text) !== null, { error: 'expected an amount of memory such as 500MB or 2GiB' })
    .optional()
    .describe('Memory that all processes of a trial together may hold, as in 2GiB. Left out: no bound.'),
  grace: duration
    .default('10s')
    .describe('How long a program that is asked to end may take before it is ended by force.'),
  env: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe('Environment variables for the program.'),
  cwd: z.string().min(1).optional().describe("Folder that the program runs in. Left out: the config's own."),
  resources: z
    .record(z.string(), resource)
    .default({})
    .describe(
      'Scarce things that a trial needs for itself, as in {gpu: 1}, which sets CUDA_VISIBLE_DEVICES.',
    ),
});

/** The section `trainer` of who brings a trainer. */
export const externalTrainerSchema = z
  .union([module, command])
  .describe('What trains: {module: ./train.js}, or {command: [python3, train.py]}.');

export type ExternalTrainerInput = z.output<typeof externalTrainerSchema>;
