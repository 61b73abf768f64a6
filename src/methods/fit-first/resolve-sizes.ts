import { type Domain, domainSize, gridOf } from '../../campaign/domain.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import type { OpenGrowth, PlannedGrowth, SizeStep } from '../../campaign/plan.js';
import { magnitude } from '../../campaign/space/sizes.js';
import type { PlanContext, PlanDiagnostics } from '../method-kind.js';
import { namedDomain } from './named-domain.js';
import type { GrowInput } from './schema.js';

/** The sizes that a plan lists, and how they go on. */
export type PlannedSizes = Pick<PlannedGrowth, 'sizes' | 'open'>;

/** Sizes beyond which growing is no search but a waste. */
const MAX_SIZES = 1000;

/**
 * The default ratio down to which sizes are refined: after doubling, one size between is tried.
 * Each size between costs as much as the fitted size, and how many units fit differs by about as much between seeds.
 */
const USUAL_RESOLUTION = 1.5;

const NONE: PlannedSizes = { sizes: [], open: null };

/** The sizes of the grown parameter, the smallest network first, and how they go on past the last. */
export function resolveSizes(
  input: GrowInput,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): PlannedSizes {
  const { grow, beyond, resolution } = input;
  const domain = namedDomain('fit_first.grow', ['grow'], grow, context, diagnostics);
  if (domain === null) return NONE;
  if (domain.kind !== 'open') {
    if (resolution !== undefined) {
      const sentence =
        `fit_first.resolution goes with an open range only, as in ${grow}: {from: 8, times: 2}. ` +
        'Leave it out.';
      diagnostics.report(['resolution'], sentence, 'key');
    }
    const sizes = listedSizes(grow, domain, diagnostics);
    return { sizes, open: beyond ? openPastList(grow, sizes, diagnostics) : null };
  }
  if (beyond) {
    const sentence = `fit_first.beyond is for lists, and ${grow} is an open range, which has no end. Leave it out.`;
    diagnostics.report(['beyond'], sentence, 'key');
  }
  const { from, step } = domain;
  if (step.kind === 'plus' && resolution !== undefined) {
    const sentence =
      `fit_first.resolution goes with times only; with plus every step of ${step.by} is tried. ` +
      'Leave it out.';
    diagnostics.report(['resolution'], sentence, 'key');
  }
  return {
    sizes: [from],
    open: { step, resolution: step.kind === 'plus' ? null : (resolution ?? USUAL_RESOLUTION) },
  };
}

function listedSizes(grow: string, domain: Domain, diagnostics: PlanDiagnostics): ParameterValue[] {
  const path = ['grow'];
  const count = domainSize(domain);
  if (count === null) {
    diagnostics.report(
      path,
      `${grow} cannot grow, for it is continuous (${domain.kind}). List its values, as in {values: [4, 8, 16]}.`,
    );
    return [];
  }
  if (count > MAX_SIZES) {
    diagnostics.report(
      path,
      `${grow} has ${count} values to grow through; at most ${MAX_SIZES} are taken. List ` +
        'fewer, as in {values: [4, 8, 16]}.',
    );
    return [];
  }
  const values = gridOf(domain) ?? [];
  const numbers = values.every((value) => typeof value === 'number');
  const lists = values.every(isListOfNumbers);
  if (!numbers && !lists) {
    const why = values.some((value) => typeof value === 'number' || isListOfNumbers(value))
      ? 'some of its values are numbers and some are not'
      : 'its values are no numbers';
    diagnostics.report(path, `${grow} cannot grow, for ${why}: nothing says which is larger.`);
    return [];
  }
  return [...values].sort((a, b) => magnitude(a) - magnitude(b));
}

function isListOfNumbers(value: ParameterValue): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'number');
}

/**
 * A list goes on by the difference of its values where that is the same everywhere, else by the ratio of the last two.
 */
function openPastList(
  grow: string,
  sizes: readonly ParameterValue[],
  diagnostics: PlanDiagnostics,
): OpenGrowth | null {
  const values = sizes.map(magnitude);
  const [before, last] = values.slice(-2);
  if (before === undefined || last === undefined || before <= 0) {
    if (sizes.length === 0) return null;
    const sentence =
      `fit_first.beyond needs two values of ${grow} above 0 to go on from. List more, or give ` +
      'it an open range, as in {from: 8, times: 2}.';
    diagnostics.report(['beyond'], sentence, 'key');
    return null;
  }
  const differences = values.slice(1).map((value, i) => value - (values[i] ?? 0));
  const isArithmetic =
    values.length > 2 &&
    sizes.every((size) => typeof size === 'number') &&
    differences.every((difference) => Math.abs(difference - (last - before)) <= 1e-9 * last);
  const step: SizeStep = isArithmetic
    ? { kind: 'plus', by: last - before }
    : { kind: 'times', by: last / before };
  return { step, resolution: null };
}
