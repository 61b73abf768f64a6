import { readdirSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fitfirstHere } from '../../support/command-here.js';
import { emptyFolder } from '../../support/command-line.js';

/** Campaigns that version 0.1.0 began, and what it made of them where nothing disturbed it; see the README there. */
const fixtures = fileURLToPath(new URL('../../fixtures/version-0.1.0/', import.meta.url));

/** Exit codes by campaign. */
const campaigns = {
  'mlp-fit-first': 0,
  'mlp-table': 0,
  'mlp-grid': 0,
  'mlp-random': 0,
  'mlp-nothing-fits': 3,
  'mlp-extended': 0,
  'module-fit-first': 0,
  'command-fit-first': 0,
  'command-failures': 0,
};

describe.each(Object.entries(campaigns))('the campaign %s that version 0.1.0 began', (campaign, code) => {
  const home = join(fixtures, campaign);

  it.each(readdirSync(join(home, 'states')))('goes on from "%s" to the same bytes', async (state) => {
    await using folder = await emptyFolder();
    const results = join(folder.path, 'results');
    await cp(home, folder.path, { recursive: true });
    await cp(join(home, 'states', state), results, { recursive: true });
    const before = await wholeLines(results);

    const end = await fitfirstHere(folder.path, 'run', 'config.yaml', '--out', 'results', '--view', 'none');

    expect(end).toEqual({ code, signal: null, stdout: '', stderr: '' });
    const after = await wholeLines(results);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(trainedTwice(before, after.slice(before.length))).toEqual([]);
    for (const name of await readdir(join(home, 'expected'))) {
      const want = handedOverByThisVersion(await readFile(join(home, 'expected', name), 'latin1'));
      expect(withoutNewFields(name, await readFile(join(results, name), 'latin1')), name).toBe(want);
    }
  });
});

/** A summary without the field for trials without a result, which version 0.1.0 did not write. */
function withoutNewFields(name: string, text: string): string {
  if (name !== 'summary.json' || !text.includes('"without_result"')) return text;
  const { without_result: trials, ...known } = JSON.parse(text);
  expect(trials.length).toBeGreaterThan(0);
  return `${JSON.stringify(known, null, 2)}\n`;
}

/** The lines of a journal without what a kill has cut short. */
async function wholeLines(results: string): Promise<string[]> {
  const text = await readFile(join(results, 'journal.jsonl'), 'utf8');
  return text.split('\n').slice(0, -1);
}

/** Trials that were started although they had finished. */
function trainedTwice(before: readonly string[], added: readonly string[]): string[] {
  const finished = new Set(trialsOf(before, 'trial-finished'));
  return trialsOf(added, 'trial-started').filter((trial) => finished.has(trial));
}

function trialsOf(lines: readonly string[], type: string): string[] {
  return lines
    .map((line) => JSON.parse(line).event)
    .flatMap((event) => (event?.type === type ? event.trial : []));
}

const { version }: { version: string } = createRequire(import.meta.url)('../../../package.json');

/** The networks name the version that hands them over, which is now this one. */
function handedOverByThisVersion(file: string): string {
  return [inJson, inProducer, inMetadata].reduce((text, of) => text.replace(of('0.1.0'), of(version)), file);
}

const inJson = (of: string): string => `"fitfirst_version": "${of}"`;

// In ONNX: a tag, then the length of what follows.
const inProducer = (of: string): string => `\x1a${withLength(of)}`;
const inMetadata = (of: string): string =>
  `\x72${withLength(`\x0a${withLength('fitfirst_version')}\x12${withLength(of)}`)}`;
const withLength = (text: string): string => String.fromCharCode(text.length) + text;
