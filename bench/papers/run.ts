import { z } from 'zod';

/** What came of training one network: images that it takes for another digit, and what that cost. */
export const paperRunSchema = z.strictObject({
  name: z.string(),
  /** Of 60,000 images, after the last epoch, nothing dropped. */
  wrongInTraining: z.int().nullable(),
  /** Of 10,000 images. */
  wrongInTest: z.int(),
  processorSeconds: z.int(),
});

export type PaperRun = z.output<typeof paperRunSchema>;
