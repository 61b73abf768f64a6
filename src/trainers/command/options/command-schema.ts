import { z } from 'zod';
import { parseBytes } from '../../../text/bytes.js';
import { parseDuration } from '../../../text/duration.js';
import { codeShape } from '../../trainer-code.js';
import { configFilesSchema } from '../files/config-files-schema.js';
import { evaluateSchema, reportSchema } from './report-schema.js';

const expectedDuration = 'expected a duration such as 90s, 10m or 1.5h';
const expectedBytes = 'expected an amount such as 500MB or 2GiB';
const duration = z.string().refine((text) => parseDuration(text) !== null, { error: expectedDuration });

const resource = z.union([
  z
    .int()
    .min(1)
    .max(1024)
    .describe('How many units of the resource a trial needs. For `gpu`, the number available is detected.'),
  z.strictObject({
    each: z.int().min(1).max(1024).default(1).describe('How many units of the resource a trial needs.'),
    of: z
      .union([z.int().min(1).max(1024), z.array(z.union([z.string(), z.number()])).min(1)])
      .describe('How many units are available, or a list of their names.'),
  }),
]);

const macro = (name: string): string => `\${${name}}`;

/** The section `trainer` of a config whose trainer is a program. */
export const commandSchema = z.strictObject({
  command: z
    .array(z.string())
    .min(1)
    .describe(
      `Program and arguments, started without a shell. Macros are placeholders such as ${macro('args')}, ` +
        'which are replaced as in W&B sweeps.',
    ),
  program: z
    .string()
    .min(1)
    .optional()
    .describe(`The value of the macro ${macro('program')}.`),
  config_files: configFilesSchema
    .default({})
    .describe(
      "Config files of the program's own, by their names in the folder of the trial: " +
        `${macro('trial_dir')}/config.yaml. The end of the name gives the format: .yaml, .json or .toml.`,
    ),
  ...codeShape,
  report: reportSchema,
  evaluate: evaluateSchema.optional(),
  timeout: duration.optional().describe('Time limit of a trial, such as 10m. Default: no limit.'),
  max_rss: z
    .string()
    .refine((text) => parseBytes(text) !== null, {
      error: 'expected an amount of memory such as 500MB or 2GiB',
    })
    .optional()
    .describe('Memory limit for all processes of a trial together, such as 2GiB. Default: no limit.'),
  grace: duration
    .default('10s')
    .describe('Time between the request to stop (SIGTERM) and the kill (SIGKILL).'),
  env: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe(
      `Environment variables for the program; macros such as ${macro('param:NAME')} are replaced. The values are ` +
        'masked in the results folder.',
    ),
  cwd: z
    .string()
    .min(1)
    .optional()
    .describe("Working directory of the program. Default: the config's folder."),
  keep: z
    .strictObject({
      checkpoints: z
        .enum(['best', 'none', 'all'])
        .default('none')
        .describe(
          'best: that of the final trial of the chosen setting. all: those of all trials that trained all of their ' +
            'epochs. none: none when the campaign has ended.',
        ),
      limit: z
        .string()
        .refine((text) => parseBytes(text) !== null, { error: expectedBytes })
        .default('2GiB')
        .describe('Disk space for all checkpoints together. Checkpoints beyond it are deleted.'),
    })
    .optional()
    .describe(
      'What stays of the folders `$FITFIRST_CHECKPOINT_DIR`. Each trial whose checkpoint may stay gets such a folder.',
    ),
  resources: z
    .record(z.string(), resource)
    .default({})
    .describe(
      'Resources that a trial needs exclusively. {gpu: 1} reserves a GPU and sets CUDA_VISIBLE_DEVICES.',
    ),
});

export type CommandInput = z.output<typeof commandSchema>;
