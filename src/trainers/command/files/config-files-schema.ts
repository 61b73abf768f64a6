import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** `trainer.config_files`. */
export const configFilesSchema = z.record(
  z.string().min(1),
  z.strictObject({
    template: z
      .string()
      .min(1)
      .optional()
      .describe(
        'A file to start from, relative to the config. Its paths have to exist. Default: an empty file.',
      ),
    set: z
      .record(z.string().min(1), z.union([scalar, z.array(scalar)]))
      .describe('Values by their paths, such as {"model.layers[0].dropout": "$' + '{param:dropout}"}.'),
  }),
);

export type ConfigFilesInput = z.output<typeof configFilesSchema>;
