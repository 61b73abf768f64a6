import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadWithData, readConfig } from '../../src/config/load-config.js';
import { convertSweep } from '../../src/config/sweep/convert-sweep.js';
import { parseCampaignEvent } from '../../src/journal/campaign-event.js';
import { journalDamaged } from '../../src/journal/journal-errors.js';
import { readConfigText as readTemplate } from '../../src/trainers/command/files/config-text.js';
import { readJsonLine } from '../../src/trainers/command/reading/json-line.js';
import { tryDamagedFile } from '../data/try-damaged-file.js';
import { temporaryFolder } from '../journal/temporary-folder.js';
import { rawError } from './fuzz/raw-error.js';

/** What `npm run soak:fuzz` found. */
const messageOf = (act: () => unknown): string => {
  try {
    act();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test('a bracket without its end is shown with the first mistakes after it and the number of the others', () => {
  const text = `data: {path: x.csv, target: y\nparameters: {${'hidden: {values: [1, 2]}, '.repeat(40)}}\n`;
  const lines = messageOf(() => readConfig(text, 'c.yaml')).split('\n');
  expect(lines.length).toBeLessThanOrEqual(11);
  expect(lines.at(-1)).toMatch(
    /^c\.yaml:\d+:\d+ {2}\d+ more mistakes from here on, which the ones above may/,
  );
});

test('an event of a journal without one of its fields is said to miss it', () => {
  const message = messageOf(() => parseCampaignEvent({ type: 'trial-started', attempt: 1 }));
  expect(message).toBe('trial is missing');
});

test('a list with a mapping in it is not shown as values to try', () => {
  const text = 'parameters: {dropout: [0, {a: 1}]}\nmethod: grid\ndata: {path: x.csv, target: y}\n';
  expect(messageOf(() => readConfig(text, 'c.yaml'))).toContain('write {values: [...]}.');
});

test('control characters in a report are shown as escapes', () => {
  const reading = readJsonLine('{"loss": \u007f\u0085}');
  expect(reading).toMatchObject({ kind: 'bad', message: expect.stringContaining('\\u007f\\u0085') });
  expect(rawError(reading.kind === 'bad' ? reading.message : '')).toBeNull();
});

test('control characters in a line of a journal are shown as escapes', () => {
  const { message } = journalDamaged('journal.jsonl', 3, 'is about the trial "\u001b[31m\u0000"');
  expect(message).toContain('this line is about the trial "\\u001b[31m\\u0000". A sound journal');
  expect(rawError(message)).toBeNull();
});

test('a path of data that holds a null byte is refused by name', async () => {
  const folder = temporaryFolder();
  const config = join(folder, 'c.yaml');
  const text = 'data: {path: "a\\0", target: y}\nparameters: {hidden: {values: [2]}}\nmethod: grid\n';
  writeFileSync(config, text);
  await expect(loadWithData(config)).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: expect.stringContaining('a\\u0000  this path holds a null byte'),
  });
});

test('a Parquet file whose headers hold an impossible length is said to be damaged', async () => {
  const tried = await tryDamagedFile(1175, temporaryFolder());
  expect(tried).toMatchObject({ outcome: 'refused' });
  expect(rawError(tried.outcome === 'refused' ? tried.message : '')).toBeNull();
});

test('a sweep whose aliases expand to too much is refused, and a mapping in one is shown as JSON', () => {
  const lists = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}]\n`);
  const bomb = `l0: &l0 [1, 2, 3]\n${lists.join('')}parameters: {x: {values: *l12}}\n`;
  expect(messageOf(() => convertSweep(bomb, 's.yaml'))).toMatch(/^s\.yaml: not valid YAML: aliases expand/);
  expect(messageOf(() => convertSweep('['.repeat(20_000), 's.yaml'))).toMatch(
    /^s\.yaml: not valid YAML: lists/,
  );
  const early = 'early_terminate: {type: hyperband, min_iter: {a: 1}}\nparameters: {x: {values: [1, 2]}}\n';
  expect(convertSweep(early, 's.yaml').notes.join('\n')).toContain('early_terminate (min_iter {"a":1})');
});

test('a template of a config file that is no JSON is refused in words', () => {
  expect(messageOf(() => readTemplate('PAR1', 'json'))).toBe('it is not valid JSON');
});
