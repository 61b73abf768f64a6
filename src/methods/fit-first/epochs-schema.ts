import { z } from 'zod';

const count = z.int().min(1).max(100_000_000);

/** The key `epochs` of the section `fit_first`. */
export const epochsSchema = z
  .strictObject({
    grow: z
      .union([z.literal('auto'), count])
      .optional()
      .describe(
        'Epochs per trial while growing. Default: the parameter `epochs`. `auto` starts with the ' +
          'parameter `epochs`. A ' +
          'trial that does not fit and whose training loss still falls goes on with twice the epochs, up to `most`. ' +
          'Later stages then train for at least as many epochs as the fitted size needed. In a random search, draws ' +
          'that diverge or learn too slowly are replaced by other draws at the next size.',
      ),
    most: z
      .string()
      .regex(/^[1-9]\d{0,3}x$/, { error: 'expected a number of times such as 8x' })
      .optional()
      .describe('With `grow: auto`: the most epochs of a trial, as a multiple of the start. Default: 8x.'),
    dropout: count
      .optional()
      .describe('Epochs per trial in the dropout stage and after it. Default: the parameter `epochs`.'),
  })
  .prefault({})
  .describe('Epochs per trial in each stage. Training with dropout often needs more of them.');
