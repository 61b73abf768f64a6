import { z } from 'zod';
import type { OutletKind } from '../../outlets/kinds/outlet-kind.js';

/** The section `outlets`: the options of each outlet by its name. */
export function outletsSchema(kinds: readonly OutletKind[]) {
  const options = kinds.map(({ name, schema }) => [
    name,
    schema.optional().describe(schema.description ?? ''),
  ]);
  const byName: z.ZodType<Readonly<Record<string, unknown>>> = z.strictObject(Object.fromEntries(options));
  return byName
    .optional()
    .describe(
      'What else receives the campaign while it runs, for other tools. Results do not depend on it; ' +
        '`fitfirst export` does the same afterwards.',
    );
}
