import { z } from 'zod';
import type { ExecutorKind } from '../../execution/kinds/executor-kind.js';

/** The section `executor`: a name, or a name with its options. */
export function executorSchema(kinds: readonly ExecutorKind[]) {
  const options = kinds.map(({ name, schema }) => [
    name,
    schema.optional().describe(schema.description ?? ''),
  ]);
  const byName: z.ZodType<Readonly<Record<string, unknown>>> = z.strictObject(Object.fromEntries(options));
  return z
    .union([z.enum(kinds.map(({ name }) => name)), byName])
    .optional()
    .describe(
      'Where trials run: a name, or a name with its options. Results do not depend on it. Default: threads, ' +
        'or commands if the trainer is a command.',
    );
}
