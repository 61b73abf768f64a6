import { isBetter } from '../../../campaign/metric.js';
import type { Parameters, ParameterValue } from '../../../campaign/parameters.js';
import { magnitude, sizeAfter } from '../../../campaign/space/sizes.js';
import { mean } from '../../../campaign/statistics.js';
import type { TrialSpec } from '../../../campaign/trial.js';
import { formatCount, formatNumber } from '../../../text/number.js';
import type { Procedure } from '../../method.js';
import { type FitFirstOptions, formatSize, setting } from '../options.js';
import { type LimitReached, limitBefore, type Spent, spend } from './growth-limits.js';
import { type Candidate, validationValues } from './judge-size.js';

/** A size on its way up, by its mean on validation over full-length trials. */
export interface Grown {
  readonly size: ParameterValue;
  readonly parameters: Parameters;
  readonly validation: number;
}

/** The best size, null where a limit let none run, and the limit that ended growing on. */
export interface GrownOn {
  readonly best: Grown | null;
  readonly limit: LimitReached | null;
}

/**
 * Grows on from the fitted size, still without dropout, while the mean validation metric improves, and ends after
 * `patience` sizes without improvement, but not before all sizes up to `atLeast` were tried, and at `atMost` in any
 * case. The barest size that fits is where dropout has least room. Every trial runs its full epochs. Returns the best
 * size, the fitted size included.
 */
export function* growOn(
  from: ParameterValue,
  carried: Parameters,
  { patience, atLeast, atMost, before }: NonNullable<FitFirstOptions['growOn']> & { readonly before: Spent },
  options: FitFirstOptions,
): Procedure<GrownOn> {
  let best: Grown | null = null;
  let spent = before;
  let without = 0;
  const at = (size: ParameterValue): Parameters => setting(options, carried, { [options.grow]: size });
  const goesOn = (size: ParameterValue): boolean => without < patience || magnitude(size) <= (atLeast ?? 0);
  const isWithin = (size: ParameterValue): boolean =>
    size === from || magnitude(size) <= (atMost ?? Number.POSITIVE_INFINITY);
  for (let size: ParameterValue | null = from; size !== null && isWithin(size) && goesOn(size); ) {
    const parameters = at(size);
    if (options.allows?.(parameters) === false) break;
    const limit = limitBefore({ size, settings: [parameters] }, spent, options);
    if (limit !== null) return { best, limit };
    const next: ParameterValue | null = sizeAfter(size, options);
    const mayFollow =
      next !== null &&
      isWithin(next) &&
      options.allows?.(at(next)) !== false &&
      limitBefore({ size: next, settings: [at(next)] }, spent, options) === null;
    const settled = yield {
      kind: 'batch',
      stage: 'grow',
      because: whyThisSize(size, best, options),
      trials: fullTrials(parameters, options),
      speculative: mayFollow ? fullTrials(at(next), options) : [],
    };
    spent = spend(spent, settled, options);
    const candidate: Candidate = { parameters, index: 0, trials: settled };
    const validation = mean(validationValues(candidate, options));
    if (best === null || isBetter(options.comparison.metric.goal, validation, best.validation)) {
      best = { size, parameters, validation };
      without = 0;
    } else without += 1;
    size = next;
  }
  return { best, limit: null };
}

function fullTrials(parameters: Parameters, options: FitFirstOptions): TrialSpec[] {
  return Array.from({ length: options.fit.repeats }, (_, i) => ({
    parameters,
    repeat: i + 1,
    epochs: options.epochs.grow,
    until: null,
    finish: null,
  }));
}

function whyThisSize(size: ParameterValue, best: Grown | null, options: FitFirstOptions): string {
  const { metric } = options.comparison;
  if (best === null) {
    const over = formatCount(options.fit.repeats, 'repeat');
    const atLeast = options.growOn?.atLeast ?? 0;
    const first = magnitude(size) < atLeast ? `up to ${atLeast} and further ` : '';
    return (
      `${formatSize(options, size)} fits; growth goes on without dropout ${first}while ${metric.name} ` +
      `improves, from its full epochs on ${over}.`
    );
  }
  return (
    `${formatSize(options, size)} is next; the best ${metric.name} so far is ` +
    `${formatNumber(best.validation)} at ${formatSize(options, best.size)}.`
  );
}
