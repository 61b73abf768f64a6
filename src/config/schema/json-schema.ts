import { z } from 'zod';
import { configSchema } from './config-schema.js';
import { externalTrainerConfigSchema, usesExternalTrainer } from './external-trainer-config-schema.js';

/** JSON Schema, as far as it is read here. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The config file of the built-in trainer as JSON Schema (draft 2020-12), for words on what was expected. */
export const campaignJsonSchema: () => JsonSchema = once(() => z.toJSONSchema(configSchema, { io: 'input' }));

/** The same for an external trainer. */
export const externalJsonSchema: () => JsonSchema = once(() =>
  z.toJSONSchema(externalTrainerConfigSchema, { io: 'input' }),
);

/** The schema that a config is meant to follow. */
export function jsonSchemaOf(config: unknown): JsonSchema {
  return usesExternalTrainer(config) ? externalJsonSchema() : campaignJsonSchema();
}

/** Both in one, for editors. */
export function editorJsonSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    if: { properties: { trainer: { type: 'object' } }, required: ['trainer'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: externalJsonSchema(),
    else: campaignJsonSchema(),
  };
}

/** Derives a value when it is first asked for: a config without mistakes needs no JSON Schema. */
function once<T>(derive: () => T): () => T {
  let derived: { readonly value: T } | null = null;
  return () => {
    derived ??= { value: derive() };
    return derived.value;
  };
}
