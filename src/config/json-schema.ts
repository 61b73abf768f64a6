import { z } from 'zod';
import { configSchema } from './schema.js';

/** JSON Schema, as far as it is read here. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The config file as JSON Schema (draft 2020-12), for editors and for words on what was expected. */
export const campaignJsonSchema: JsonSchema = z.toJSONSchema(configSchema, { io: 'input' });
