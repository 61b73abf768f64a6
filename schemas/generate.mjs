// Writes campaign.schema.json from the schema that configs are read by.
import { writeFileSync } from 'node:fs';
import { campaignJsonSchema } from '../src/config/json-schema.ts';

const target = new URL('campaign.schema.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(campaignJsonSchema, null, 2)}\n`);
