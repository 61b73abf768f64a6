import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.js';
import { campaignJsonSchema, editorJsonSchema } from '../../src/config/schema/json-schema.js';
import { mlpParameters } from '../../src/mlp/mlp-parameters.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const configs = readdirSync(`${root}configs`);

describe('the shipped configs', () => {
  it.each(configs)('%s is sound, and named after its file', async (file) => {
    const { config, findings } = await loadConfig(`${root}configs/${file}`);
    expect(`${config.name}.yaml`).toBe(file);
    expect(findings).toEqual([]);
  });

  it.each(configs)('%s names the schema for editors in its first line', (file) => {
    const [first] = readFileSync(`${root}configs/${file}`, 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=../schemas/campaign.schema.json');
  });

  it.each(configs)('%s runs without any file of data', async (file) => {
    const { config } = await loadConfig(`${root}configs/${file}`);
    expect(config.data?.source.kind).toBe('generated');
  });
});

describe('the schema for editors', () => {
  it('is what `npm run schema` writes', () => {
    const written = readFileSync(`${root}schemas/campaign.schema.json`, 'utf8');
    expect(written).toBe(`${JSON.stringify(editorJsonSchema(), null, 2)}\n`);
  });

  it('describes every key of the file', () => {
    const without = undescribed(campaignJsonSchema(), '');
    expect(without).toEqual([]);
  });

  it('knows every parameter of the built-in trainer, with its default', () => {
    const { parameters } = campaignJsonSchema().properties ?? {};
    const known = typeof parameters === 'object' ? (parameters.properties ?? {}) : {};
    expect(Object.keys(known)).toEqual(Object.keys(mlpParameters.shape));
    const { dropout } = known;
    expect(typeof dropout === 'object' && dropout.description).toContain('Default: 0.');
  });
});

/** Paths of the keys that have no description of their own. */
function undescribed(schema: ReturnType<typeof campaignJsonSchema>, path: string): string[] {
  const forms = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((form) => undescribed(form, path));
  const keys = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    if (typeof property !== 'object') return [];
    const at = `${path}.${key}`;
    return [...(property.description === undefined ? [at] : []), ...undescribed(property, at)];
  });
  return [...forms, ...keys];
}
