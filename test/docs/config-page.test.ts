import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleConfigs, formatConfigPage } from '../../scripts/config-page.js';
import { builtInKinds } from '../../src/config/config-kinds.js';
import { configSchemaFor } from '../../src/config/schema/json-schema.js';
import { chooseTrainerKind } from '../../src/config/trainer-kinds.js';
import { mlpParameters } from '../../src/mlp/mlp-parameters.js';

describe('the configuration reference', () => {
  const page = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');

  it('is what `npm run docs:config` prints', () => {
    expect(page).toBe(formatConfigPage());
  });

  it('has a row for every parameter of the built-in network', () => {
    for (const name of Object.keys(mlpParameters.shape))
      expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\|`, 'm'));
  });

  it.each([...exampleConfigs()])(
    'takes its examples from configs that the schema accepts: %s',
    (_, config) => {
      const kind = chooseTrainerKind(config, builtInKinds.trainers);
      expect(configSchemaFor(kind, builtInKinds).zod.safeParse(config).error?.issues).toBeUndefined();
    },
  );
});
