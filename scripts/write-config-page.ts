import { writeFileSync } from 'node:fs';
import { formatConfigPage } from './config-page.js';

writeFileSync(new URL('../docs/config.md', import.meta.url), formatConfigPage());
