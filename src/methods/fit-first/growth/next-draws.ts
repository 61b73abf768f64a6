import type { Parameters } from '../../../campaign/parameters.js';
import { distinct, equalSettings } from '../../comparison.js';
import type { FitFirstOptions } from '../options.js';
import { byTraining, type Candidate, fitsOf, type SizeResult } from './judge-size.js';
import { isFourTimesSlower, isStillFalling } from './still-falling.js';

/** Draws that are skipped at most because an equal one is in use or constraints refuse them. */
const MAX_SKIPPED = 100;

/**
 * The options for the next size if the other parameters are drawn. Draws that diverge or crawl are replaced by the next
 * draws. The others come first, the best training metric before all. The number of draws stays the same.
 */
export function withNextDraws(result: SizeResult, options: FitFirstOptions): FitFirstOptions {
  const { draws = null } = options;
  if (draws === null || result.fits) return options;
  const replaced = new Set(uselessDraws(result, options));
  const kept = result.candidates
    .filter((one) => !replaced.has(one))
    .sort((a, b) => byTraining(a, b, options))
    .map(({ index }) => options.others[index] ?? {});
  let next = draws.next;
  const others = [...kept];
  for (let skipped = 0; others.length < options.others.length && skipped < MAX_SKIPPED; next++) {
    const drawn = draws.at(next);
    const isRefused = options.allows?.(drawn) === false;
    if (isRefused || others.some((one) => equalSettings(one, drawn))) skipped += 1;
    else others.push(drawn);
  }
  return { ...options, others, draws: { ...draws, next } };
}

/**
 * The draws of a size that diverge on most repeats, or crawl: a draw crawls if no repeat fits, and most of them still
 * fall after the most epochs that a trial may have, or end with a greater loss than the best draw had after a quarter
 * of as many epochs. The best draw counts as one that does not crawl. None is returned if the other parameters are not
 * drawn.
 */
export function uselessDraws(result: SizeResult, options: FitFirstOptions): readonly Candidate[] {
  if (!options.draws) return [];
  const { best, candidates } = result;
  return candidates.filter((one) => hasDiverged(one) || (one !== best && crawls(one, best, options)));
}

/** What is tuned again with dropout: the draws of the size that is carried on, without those that diverge or crawl. */
export function retunedAt(result: SizeResult, options: FitFirstOptions): readonly Parameters[] {
  const { draws = null } = options;
  if (draws === null) return options.retune;
  const useless = new Set(uselessDraws(result, options));
  const useful = result.candidates.filter((one) => !useless.has(one));
  return distinct(useful.map(({ parameters }) => draws.retuned(parameters)));
}

function hasDiverged({ trials }: Candidate): boolean {
  return 2 * trials.filter(({ state }) => state === 'diverged').length > trials.length;
}

function crawls(
  candidate: Candidate,
  best: Candidate,
  { epochs: { grow, maxGrow = grow } }: FitFirstOptions,
): boolean {
  const { trials } = candidate;
  const crawling = trials.filter((trial) => {
    if (trial.state !== 'finished') return false;
    const other = best.trials.find(({ spec }) => spec.repeat === trial.spec.repeat);
    const isSlow = other?.state === 'finished' && isFourTimesSlower(trial, other);
    return isSlow || (trial.spec.epochs === maxGrow && isStillFalling(trial));
  });
  return fitsOf(candidate) === 0 && 2 * crawling.length > trials.length;
}
