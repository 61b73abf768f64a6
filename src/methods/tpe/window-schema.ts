import { z } from 'zod';

/** The key `window` of a method that keeps about this many workers busy, however many there are. */
export const windowSchema = (description: string) =>
  z
    .int()
    .min(1)
    .max(1000)
    .default(8)
    .describe(`${description} workers are busy, and the results do not depend on how many there are.`);
