import { basename, join, relative } from 'node:path';
import type { Parameters } from '../campaign/parameters.js';
import { type TrialSpec, trialKey } from '../campaign/trial.js';

/** Where trials have directories of their own. */
export interface TrialPlaces {
  /** Absolute path of the results folder. */
  readonly folder: string;
  /** The training identity. */
  readonly identity: string;
  /** Names of the parameters that vary, which the logs are named after. */
  readonly varied: readonly string[];
}

/**
 * The directory of a trial, the same for all of its attempts: `trials/trial-3f2a91c04b7d`. Programs get this path as an
 * argument, and their parsers may stumble over names with `=` and `,`; the index of trials says which is which.
 */
export function trialDirectory({ folder, identity }: TrialPlaces, spec: TrialSpec): string {
  return join(trialsFolder(folder), `trial-${trialKey(identity, spec).slice(0, 12)}`);
}

/** The file with a line of JSON for each directory of a trial: its parameters, its repeat, its epochs and its log. */
export const trialIndexPath = (folder: string): string => join(trialsFolder(folder), 'index.jsonl');

/** The line of a trial in that file. */
export function trialIndexLine(places: TrialPlaces, spec: TrialSpec): string {
  const { parameters, repeat, epochs } = spec;
  const directory = basename(trialDirectory(places, spec));
  const log = relative(places.folder, trialLogPath(places, spec));
  return `${JSON.stringify({ directory, parameters, repeat, epochs, log })}\n`;
}

/** The file that holds what a trial printed. */
export function trialLogPath(places: TrialPlaces, spec: TrialSpec): string {
  return join(logsFolder(places.folder), `${trialName(places, spec)}.log`);
}

/** Where the directories of trials are, in a results folder. */
export const trialsFolder = (folder: string): string => join(folder, 'trials');

/** Where their logs are. */
export const logsFolder = (folder: string): string => join(folder, 'logs');

const LONGEST_WORDS = 100;

/** A name that people can read and that no two trials share: `hidden=8,dropout=0.5,repeat=1-3f2a91c04b7d`. */
function trialName({ identity, varied }: TrialPlaces, spec: TrialSpec): string {
  const words = [...settingWords(spec.parameters, varied), `repeat=${spec.repeat}`].join(',');
  const safe = words.replaceAll(/[^\w=,.+-]/g, '_').slice(0, LONGEST_WORDS);
  return `${safe}-${trialKey(identity, spec).slice(0, 12)}`;
}

function settingWords(parameters: Parameters, varied: readonly string[]): string[] {
  return varied.flatMap((name) => {
    const value = parameters[name];
    if (value === undefined) return [];
    return [`${name}=${typeof value === 'object' ? value.join('-') : String(value)}`];
  });
}
