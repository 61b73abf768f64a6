import { z } from 'zod';
import { freeParameters, grid, gridSize } from '../../campaign/search-space.js';
import { type Method, method } from '../method.js';
import type { MethodKind } from '../method-kind.js';
import { type SearchOptions, search, searchPlan } from '../search.js';
import { refuseContinuous, SETTINGS_LIMIT } from '../search-limits.js';

/** Every combination of the values of the parameters, raced. */
export const gridMethod: MethodKind<Record<string, never>> = {
  name: 'grid',
  description: 'every combination of values',
  form: { kind: 'name' },
  supports: ['enqueue', 'stop', 'stop_early', 'confirm', 'objectives'],
  schema: () => z.strictObject({}).describe('Grid search.'),
  resolve(_, { space }, diagnostics) {
    const size = gridSize(space);
    if (size === null) {
      refuseContinuous(space, 'method: grid', 'method: {random: {trials: 50}}', diagnostics);
    } else if (size > SETTINGS_LIMIT) {
      diagnostics.report(
        [],
        `method: grid has ${size} settings; at most ${SETTINGS_LIMIT} are taken. List fewer ` +
          'values, or use {random: {trials: 50}}.',
      );
    }
    return searchPlan({});
  },
  create: (_, { space, ...context }) =>
    gridSearch({
      ...context,
      settings: grid(space).filter((setting) => context.allows?.(setting) ?? true),
      varied: freeParameters(space),
    }),
};

export const gridSearch = (options: SearchOptions): Method =>
  method('grid', () => search(options, 'Every combination of the values'));
