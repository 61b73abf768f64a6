import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { conclusionKinds } from '../../campaign/event.js';
import type { Parameters } from '../../campaign/parameters.js';
import { openRegularFile } from '../../platform/regular-file.js';
import { writeFile } from '../../platform/write-file.js';
import type { OverviewFacts } from '../../views/campaigns/campaign-overview.js';
import type { Progress } from '../../views/model/progress.js';

/** The file that has the record, next to the result files. */
const RECORD = 'written-files.json';
const KIND = 'fitfirst written files 1';

const scalar = z.union([z.number(), z.string(), z.boolean()]);
const parameters: z.ZodType<Parameters> = z.record(z.string(), z.union([scalar, z.array(scalar)]));
const count = z.int().nonnegative();

const overviewSchema: z.ZodType<OverviewFacts> = z.object({
  name: z.string(),
  conclusion: z.enum(conclusionKinds),
  method: z.string(),
  metric: z.object({ name: z.string(), goal: z.enum(['minimize', 'maximize']) }),
  trials: z.object({ asked: count, settled: count }),
  stage: z.string().nullable(),
  chosen: parameters.nullable(),
  varied: z.array(z.string()),
  score: z.number().nullable(),
  gain: z
    .object({
      mean: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      repeats: count,
      detectable: z.number().nullable(),
    })
    .nullable(),
  best: z.string().nullable(),
  lastEvent: z.number().nullable(),
});

const progressSchema: z.ZodType<Progress> = z.object({
  settled: count,
  best: z.object({ trial: count, score: z.number() }).nullable(),
});

const recordSchema = z.object({
  kind: z.literal(KIND),
  /** The version of fitfirst that wrote the files. */
  version: z.string(),
  /** The path to the config from the folder; null if it was not known. The report names it. */
  config: z.string().nullable(),
  /** All bytes of the journal. */
  journal: z.object({ bytes: z.number(), sha256: z.string() }),
  /** The SHA-256 of each file, by its name. */
  files: z.record(z.string(), z.string()),
  /** What a list shows of the campaign in that journal. */
  overview: z.exactOptional(overviewSchema),
  /** What a page shows of its progress. */
  progress: z.exactOptional(progressSchema),
});

/** What result files were written from, and what is in them. */
export type FilesRecord = Omit<z.infer<typeof recordSchema>, 'kind'>;

/** The record in a results folder; null if there is none, or if it cannot be read. */
export function readFilesRecord(folder: string): FilesRecord | null {
  try {
    const descriptor = openRegularFile(join(folder, RECORD));
    try {
      const { kind: _, ...record } = recordSchema.parse(JSON.parse(readFileSync(descriptor, 'utf8')));
      return record;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

/** Writes the record into a results folder. Throws what the system throws. */
export async function writeFilesRecord(folder: string, record: FilesRecord): Promise<void> {
  await writeFile(join(folder, RECORD), `${JSON.stringify({ kind: KIND, ...record }, null, 2)}\n`);
}
