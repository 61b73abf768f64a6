import { z } from 'zod';
import type { TrainerKind } from '../../trainers/trainer-kind.js';
import { builtInKinds, type ConfigKinds } from '../config-kinds.js';
import { defaultTrainerKind } from '../trainer-kinds.js';
import { createConfigSchema } from './config-schema.js';

/** JSON Schema, as far as it is read here. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The schema of configs with one kind of trainer: to parse them by, and to say what was expected. */
export interface ConfigSchema {
  /** What such a config can name. */
  readonly kinds: ConfigKinds;
  readonly zod: ReturnType<typeof createConfigSchema>;
  /** Derived when it is first asked for: a config without mistakes needs no JSON Schema. */
  readonly json: () => JsonSchema;
}

const known = new WeakMap<ConfigKinds, Map<TrainerKind, ConfigSchema>>();

/** The schema of configs with this kind of trainer, made when it is first asked for. */
export function configSchemaFor(kind: TrainerKind, kinds: ConfigKinds): ConfigSchema {
  const schemas = known.get(kinds) ?? new Map<TrainerKind, ConfigSchema>();
  known.set(kinds, schemas);
  const schema = schemas.get(kind) ?? createSchema(kind, kinds);
  schemas.set(kind, schema);
  return schema;
}

function createSchema(kind: TrainerKind, kinds: ConfigKinds): ConfigSchema {
  const zod = createConfigSchema(kind, kinds);
  let json: JsonSchema | null = null;
  return {
    kinds,
    zod,
    json: () => {
      json ??= z.toJSONSchema(zod, { io: 'input' });
      return json;
    },
  };
}

/** The config file of the built-in trainer as JSON Schema (draft 2020-12). */
export const campaignJsonSchema = (kinds: ConfigKinds = builtInKinds): JsonSchema =>
  configSchemaFor(defaultTrainerKind, kinds).json();

/** The same for a trainer that is a mapping; these kinds share one schema. */
export function externalJsonSchema(): JsonSchema {
  const mapping = builtInKinds.trainers.find(({ isMapping }) => isMapping) ?? defaultTrainerKind;
  return configSchemaFor(mapping, builtInKinds).json();
}

/** Both in one, for editors. */
export function editorJsonSchema(): JsonSchema {
  // From entries, since a property named `then` makes a linter take an object for a promise.
  return Object.fromEntries<unknown>([
    ['$schema', 'https://json-schema.org/draft/2020-12/schema'],
    ['if', { properties: { trainer: { type: 'object' } }, required: ['trainer'] }],
    ['then', externalJsonSchema()],
    ['else', campaignJsonSchema()],
  ]);
}
