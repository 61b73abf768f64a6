import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formatCommandsPage } from '../../scripts/commands-page.js';

it('the page of commands is what `npm run docs:commands` prints', () => {
  expect(readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8')).toBe(formatCommandsPage());
});
