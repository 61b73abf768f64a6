import type { Parameters, ParameterValue } from '../../../campaign/parameters.js';
import type { TrialSpec } from '../../../campaign/trial.js';
import { formatCount } from '../../../text/number.js';
import type { Batch, Procedure } from '../../method.js';
import { type FitFirstOptions, formatSize } from '../options.js';
import { settingsAt } from './growth-limits.js';
import { type Candidate, fitsOf, judgeSize, neededOf, type SizeResult } from './judge-size.js';
import { runUntilKnown } from './run-until-known.js';

/**
 * Runs every setting of the other parameters at one size, repeat by repeat. A setting that can no longer reach the
 * quorum is dropped, but not before its least number of repeats. `why` says why it is this size's turn, `next` is the
 * size that idle workers may begin with.
 */
export function* growSize(
  size: ParameterValue,
  { why, next }: { readonly why: string; readonly next: ParameterValue | undefined },
  options: FitFirstOptions,
): Procedure<SizeResult> {
  const { fit } = options;
  let candidates: Candidate[] = settingsAt(size, options).map((parameters, index) => ({
    parameters,
    index,
    trials: [],
  }));
  for (let repeat = 1; repeat <= fit.repeats; repeat++) {
    const racing = candidates.filter(
      (one) =>
        repeat <= (fit.leastRepeats ?? 1) ||
        fitsOf(one) + fit.repeats - one.trials.length >= neededOf(one, options),
    );
    if (racing.length === 0) break;
    const later = laterRepeats(repeat, fit.repeats).flatMap((r) =>
      racing.map((one) => growSpec(one.parameters, r, options)),
    );
    const larger =
      next === undefined ? [] : settingsAt(next, options).map((one) => growSpec(one, 1, options));
    const batch: Batch = {
      kind: 'batch',
      stage: 'grow',
      because: repeat === 1 ? why : whyThisRepeat(size, repeat, candidates, racing, options),
      trials: racing.map((one) => growSpec(one.parameters, repeat, options)),
      speculative: [...later, ...larger],
    };
    const words = repeat === 1 ? formatSize(options, size) : `${formatSize(options, size)}, repeat ${repeat}`;
    const isUnbeaten = racing.map((one) => fitsOf(one) === repeat - 1);
    const settled = yield* runUntilKnown(batch, { words, isUnbeaten }, options);
    candidates = candidates.map((one) => {
      const trial = settled[racing.indexOf(one)];
      return trial === undefined ? one : { ...one, trials: [...one.trials, trial] };
    });
  }
  return judgeSize(size, candidates, options);
}

const laterRepeats = (repeat: number, repeats: number): number[] =>
  Array.from({ length: repeats - repeat }, (_, i) => repeat + 1 + i);

function growSpec(parameters: Parameters, repeat: number, options: FitFirstOptions): TrialSpec {
  const { metric, goal, bound } = options.fit;
  return {
    parameters,
    repeat,
    epochs: options.epochs.grow,
    until: { metric, goal, bound: bound(repeat) },
    finish: null,
  };
}

function whyThisRepeat(
  size: ParameterValue,
  repeat: number,
  candidates: readonly Candidate[],
  racing: readonly Candidate[],
  options: FitFirstOptions,
): string {
  const words = formatSize(options, size);
  const out = candidates.length - racing.length;
  const sofar = Math.max(...racing.map(fitsOf));
  const left = out === 0 ? '' : ` ${formatCount(out, 'setting')} can no longer reach it.`;
  return (
    `Repeat ${repeat} at ${words}: so far ${sofar} of ${formatCount(repeat - 1, 'repeat')} ` +
    `reached the target.${left}`
  );
}
