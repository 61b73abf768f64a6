import { z } from 'zod';
import { proofSchema } from './campaign-proof.js';
import { parseJson } from './parse-json.js';

const word = z.string().min(1).max(200);
const host = z.string().max(300);
const job = z.string().regex(/^[0-9a-f]{32}-[0-9a-f]{12}$/);

const report = z.strictObject({
  epoch: z.int().positive(),
  metrics: z.record(z.string(), z.number()),
});

const toDriver = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('beat'),
    worker: word,
    host,
    pid: z.int(),
    slots: z.int().nonnegative().max(1024),
    isDraining: z.boolean(),
    /** The jobs that it runs. */
    jobs: z.array(job).max(1024),
  }),
  z.strictObject({ type: z.literal('left'), worker: word }),
  z.strictObject({
    type: z.literal('reports'),
    job,
    /** The run of the job: another one if the job started over elsewhere. */
    run: word,
    /** How many reports of the run came before these. */
    from: z.int().nonnegative(),
    reports: z.array(report),
  }),
  /** The job has ended; its state says how. */
  z.strictObject({ type: z.literal('done'), job }),
  z.strictObject({ type: z.literal('refused'), host, pid: z.int(), message: z.string().max(2000) }),
]);

const toWorkers = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('stop'), job }),
  /** Asks every worker for a sign of life. */
  z.strictObject({ type: z.literal('roll-call') }),
]);

const announcement = z.strictObject({ proof: proofSchema, host, pid: z.int() });

/** What a worker says to the driver. */
export type ToDriver = z.output<typeof toDriver>;
/** What the driver says to all workers. */
export type ToWorkers = z.output<typeof toWorkers>;
/** What a driver says about its campaign. */
export type Announcement = z.output<typeof announcement>;

/** Reads what a worker says. Throws TypeError with a sentence about what is wrong with it. */
export const readToDriver = (text: string): ToDriver => parseJson(toDriver, text);
/** Reads what the driver says. Throws TypeError with a sentence about what is wrong with it. */
export const readToWorkers = (text: string): ToWorkers => parseJson(toWorkers, text);
/** Reads an announcement. Throws TypeError with a sentence about what is wrong with it. */
export const readAnnouncement = (text: string): Announcement => parseJson(announcement, text);
