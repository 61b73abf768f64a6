import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { readCampaign } from '../../../src/app/read-campaign.js';
import { FitfirstError } from '../../../src/campaign/fitfirst-error.js';
import { formatError } from '../../../src/cli/format-error.js';
import { defineConfig, fitFirst, random as randomSearch, tune } from '../../../src/index.js';
import { keyedStream, type RandomStream } from '../../../src/numeric/keyed-stream.js';
import { elapsedSeconds } from '../../../src/views/model/timing.js';
import { reportHtml } from '../../../src/views/report/report.js';
import { finalSummary } from '../../../src/views/summary/final-summary.js';
import { summarise } from '../../../src/views/summary/summary.js';
import { summaryJson } from '../../../src/views/summary/summary-json.js';
import { csvText } from '../../../src/views/tables/csv-text.js';
import { epochRows } from '../../../src/views/tables/epochs-table.js';
import { stageRows } from '../../../src/views/tables/stages-table.js';
import { trialRows } from '../../../src/views/tables/trials-table.js';
import type { FuzzKind, FuzzOutcome } from './fuzz-kind.js';
import { mutateBytes, mutateValue, pick } from './mutate.js';

const common = {
  parameters: { hidden: { values: [2, 4, 8] }, dropout: { values: [0, 0.2, 0.5] }, epochs: 3 },
  metric: { name: 'val_loss', goal: 'minimize' },
  trainer: async function* ({ hidden, dropout }: Readonly<Record<string, unknown>>) {
    for (let epoch = 1; epoch <= 3; epoch++) {
      const loss = (1 + Number(dropout)) / Number(hidden) / epoch;
      yield { val_loss: loss, train_loss: loss / 2 };
    }
  },
} as const;
const campaigns = [
  defineConfig({
    ...common,
    name: 'fuzz-first',
    method: fitFirst({ grow: 'hidden', dropout: ['dropout'], fit: { metric: 'train_loss', reach: 0.1 } }),
  }),
  defineConfig({ ...common, name: 'fuzz-random', method: randomSearch({ trials: 6 }) }),
] as const;
const oldJournal = fileURLToPath(
  new URL('../../fixtures/version-0.1.0/mlp-fit-first/states/concluded/journal.jsonl', import.meta.url),
);

/** Journals of whole campaigns; those that this version can go on with first. */
let sound: Promise<readonly (readonly string[])[]> | null = null;

async function writeSound(): Promise<readonly (readonly string[])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fitfirst-fuzz-'));
  try {
    const texts: string[] = [];
    for (const [n, campaign] of campaigns.entries()) {
      await tune({ ...campaign, folder: join(folder, String(n)) }).result;
      texts.push(readFileSync(join(folder, String(n), 'journal.jsonl'), 'utf8'));
    }
    return [...texts, readFileSync(oldJournal, 'utf8')].map((text) => text.trimEnd().split('\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The line with its checksum put right, as somebody who edits a journal with care would do. */
function withChecksum(line: string): string {
  const body = line.replace(/,"crc":"[^"]*"\}$/, '');
  return `${body},"crc":"${crc32(body).toString(16).padStart(8, '0')}"}`;
}

function renumbered(lines: readonly string[]): string[] {
  return lines.map((line, n) => (n === 0 ? line : withChecksum(line.replace(/^\{"seq":\d+/, `{"seq":${n}`))));
}

function mutateLines(lines: string[], others: readonly string[], random: RandomStream): Buffer {
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  switch (random.below(8)) {
    case 0:
      return Buffer.from(`${renumbered(lines.toSpliced(at, 1)).join('\n')}\n`);
    case 1:
      return Buffer.from(`${renumbered(lines.toSpliced(at, 0, pick(lines, random))).join('\n')}\n`);
    case 2:
      return Buffer.from(`${renumbered(lines.toSpliced(at, 1, pick(others, random))).join('\n')}\n`);
    case 3:
      return Buffer.from(`${lines.toSpliced(at, 1, pick(lines, random)).join('\n')}\n`);
    case 4:
      return mutateBytes(Buffer.from(`${lines.join('\n')}\n`), random);
    default: {
      const { crc: _, ...entry } = JSON.parse(line);
      for (let times = 1 + random.below(2); times > 0; times--)
        mutateValue(at === 0 ? entry : entry.event, random);
      const changed = withChecksum(`${JSON.stringify(entry).slice(0, -1)},"crc":"0"}`);
      return Buffer.from(`${lines.toSpliced(at, 1, changed).join('\n')}\n`);
    }
  }
}

/** Journals, read as `status`, `export` and `report` read them, and every fourth one resumed. */
export const journals: FuzzKind = {
  async attempt(seed, number, folder): Promise<FuzzOutcome> {
    sound ??= writeSound();
    const all = await sound;
    const random = keyedStream('fuzz journals', seed, number);
    const which = number % all.length;
    const lines = [...(all[which] ?? [])];
    // Also of campaigns that are not concluded.
    if (random.below(2) === 0) lines.splice(2 + random.below(lines.length));
    const others = all[(which + 1) % all.length] ?? [];
    const results = join(folder, 'results');
    rmSync(results, { recursive: true, force: true });
    mkdirSync(results);
    writeFileSync(join(results, 'journal.jsonl'), mutateLines(lines, others, random));
    try {
      const { campaign, timing } = await readCampaign(results);
      summaryJson(summarise(campaign));
      finalSummary(campaign, { width: 80, folder: results, seconds: elapsedSeconds(timing, Date.now()) });
      for (const rows of [trialRows, epochRows, stageRows]) csvText([...rows(campaign)]);
      if (number % 8 === 0) reportHtml(campaign, '0');
      const resumable = campaigns[which];
      if (number % 4 !== 0 || resumable === undefined) return { name: 'read', message: null };
      const { ended } = await tune({ ...resumable, folder: results }).result;
      return { name: ended, message: null };
    } catch (error) {
      const name = error instanceof FitfirstError ? error.code : 'an error of no kind';
      return { name, message: formatError(error) };
    }
  },
};
