import type { z } from 'zod';
import { firstIssue } from './remote-job.js';

/** Reads text from elsewhere. Throws TypeError with a sentence about what is wrong with it. */
export function parseJson<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TypeError('it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new TypeError(firstIssue(parsed.error));
}
