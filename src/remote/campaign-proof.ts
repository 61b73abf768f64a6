import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, type Json } from '../campaign/canonical-json.js';
import type { CampaignFacts } from '../campaign/event.js';
import { version } from '../platform/version.js';
import { formatList } from '../text/list.js';

/** The version of what driver and workers say to each other. */
export const PROTOCOL = 1;

const MAX_PARTS = 10_000;
const hash = z.string().regex(/^[0-9a-f]{16,64}$/);
const hashes = z.record(z.string().max(1000), hash).refine((all) => Object.keys(all).length <= MAX_PARTS);

export const proofSchema = z.strictObject({
  protocol: z.int(),
  version: z.string().max(100),
  /** The training identity. */
  identity: hash,
  /** Hashes of the sections of the config. */
  config: hashes,
  /** The hash of the data; null if the trainer brings its own. */
  data: hash.nullable(),
  /** Hashes of the trainer's files. */
  code: hashes,
});

/** Shows that driver and worker would train a trial in the same way, without sending config, data or code. */
export type CampaignProof = z.output<typeof proofSchema>;

/** The proof of a campaign that was prepared here. */
export function proofOf(facts: CampaignFacts): CampaignProof {
  const { trainer, ...sections } = mapping(facts.config);
  const { code = {}, ...program } = typeof trainer === 'string' ? { name: trainer } : mapping(trainer);
  const data = facts.data?.hash ?? null;
  return {
    protocol: PROTOCOL,
    version,
    identity: facts.identity,
    config: hashEach({ ...sections, trainer: program }),
    data: data === null ? null : digest(data),
    code: hashEach(mapping(code)),
  };
}

/**
 * What differs between the campaign here and one elsewhere, in a phrase such as `the data differ`; null if a trial
 * gives the same result in both.
 */
export function proofDifference(here: CampaignProof, there: CampaignProof): string | null {
  if (here.protocol !== there.protocol || here.version !== there.version)
    return `fitfirst ${here.version} runs here and ${there.version} there; install the same version on both sides`;
  const sections = differing(here.config, there.config);
  const code = differing(here.code, there.code);
  const found = [
    ...(sections.length > 0 ? [`the config differs (${formatList(sections, 'and')})`] : []),
    ...(here.data === there.data ? [] : ['the data differ']),
    ...(code.length > 0 ? [`the code of the trainer differs (${formatList(code, 'and')})`] : []),
  ];
  if (found.length > 0) return formatList(found, 'and');
  return here.identity === there.identity ? null : 'the split, the preparation or the trainer differs';
}

function differing(here: Record<string, string>, there: Record<string, string>): string[] {
  const names = [...new Set([...Object.keys(here), ...Object.keys(there)])];
  return names.filter((name) => here[name] !== there[name]);
}

function hashEach(values: Readonly<Record<string, Json>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, digest(canonicalJson(value))]),
  );
}

/** 64 bits, which is enough to notice a difference; the identity is compared as a whole. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function mapping(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
}
