// Writes campaign.schema.json from the schema that configs are read by.
import { writeFileSync } from 'node:fs';
import { editorJsonSchema } from '../src/config/schema/json-schema.ts';

const target = new URL('campaign.schema.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(editorJsonSchema(), null, 2)}\n`);
