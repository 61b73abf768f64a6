import { writeFileSync } from 'node:fs';
import { formatCommandsPage } from './commands-page.js';

writeFileSync(new URL('../docs/commands.md', import.meta.url), formatCommandsPage());
