import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtInKinds } from '../../src/config/config-kinds.js';
import { readConfig } from '../../src/config/load-config.js';
import { gridMethod } from '../../src/methods/grid/grid.js';
import type { MethodKind } from '../../src/methods/method-kind.js';

/** A method that only this program knows, with its options in a section of its own. */
const hill: MethodKind = {
  ...gridMethod,
  name: 'hill',
  description: 'climbs',
  form: { kind: 'section', missing: 'Say how far: hill: {steps: 5}.' },
  schema: () => z.strictObject({ steps: z.int() }),
};
const kinds = { ...builtInKinds, methods: [...builtInKinds.methods, hill] };
const rest = 'data: {generate: moons}\nparameters: {hidden: {values: [4, 8]}}\n';

const mistakesIn = (text: string): string => {
  try {
    readConfig(`${rest}${text}`, 'c.yaml', kinds);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
};

describe('a method that a program brings is named like a built-in one', () => {
  it('in a config that is sound', () => {
    expect(mistakesIn('method: hill\nhill: {steps: 3}\n')).toBe('');
  });

  it.each([
    ['where its section is missing', 'method: hill\n', 'key "hill" is missing. Say how far'],
    ['where a key of its section stands at the root', 'method: hill\nsteps: 3\n', 'It belongs in hill.'],
    ['where its name is misspelt', 'method: hil\n', 'Did you mean "hill"?'],
    ['where an option is wrong', 'method: hill\nhill: {steps: x}\n', 'hill.steps is "x"'],
  ])('%s', (_, text, words) => {
    expect(mistakesIn(text)).toContain(words);
  });
});
