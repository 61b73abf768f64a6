import type { SweepNote } from './convert-parameters.js';
import { formatSweepValue, isRecord, numberIn, textIn } from './sweep-value.js';

/** Trials of a random or Bayesian sweep without a cap, which W&B runs until somebody ends it. */
const DEFAULT_TRIALS = 50;

/** The method of a sweep in the words of a config, with what became of early termination and the cap. */
export function convertMethod(sweep: Readonly<Record<string, unknown>>): {
  readonly method: unknown;
  readonly notes: readonly SweepNote[];
} {
  const notes: SweepNote[] = [];
  const look = (text: string): unknown => notes.push({ text, needsLook: true });
  const cap = numberIn(sweep, 'run_cap');
  const name = textIn(sweep, 'method') ?? 'grid';
  const trials = cap ?? DEFAULT_TRIALS;
  const isGrid = name === 'grid';
  if (!isGrid && cap === null) look(`The sweep has no run_cap; fitfirst runs ${DEFAULT_TRIALS} trials.`);
  if (isGrid && cap !== null)
    look(`run_cap ${cap}: a grid runs all settings. Add budget: {trials: ${cap}} to pause there.`);
  if (name === 'bayes')
    look('method bayes: fitfirst has tpe, a tree-structured Parzen estimator, in its place.');
  if (isRecord(sweep.early_terminate)) {
    const rest = Object.entries(sweep.early_terminate).filter(([key]) => key !== 'type');
    const given = rest.map(([key, value]) => `${key} ${formatSweepValue(value)}`).join(', ');
    look(
      `early_terminate${given === '' ? '' : ` (${given})`}: stop_early: median ends trials that fall behind, ` +
        'if the program reports several epochs. method: {hyperband: {}} gives more epochs to the better settings.',
    );
  }
  if (isGrid) return { method: 'grid', notes };
  return { method: name === 'bayes' ? { tpe: { trials } } : { random: { trials } }, notes };
}
