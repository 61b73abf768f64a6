import { gridOf } from '../../campaign/domain.js';
import type { Parameters } from '../../campaign/parameters.js';
import { drawSettings, grid, gridSize, type SearchSpace } from '../../campaign/search-space.js';
import type { Constraint } from '../../campaign/space/constraint.js';
import { firstSizes } from '../../campaign/space/sizes.js';
import { formatList } from '../../text/list.js';
import { nearestName } from '../../text/nearest-name.js';
import { quote } from '../../text/quote.js';
import type { Checks } from '../diagnostics/checks.js';
import type { ConfigPath } from '../diagnostics/diagnostic.js';
import { ExpressionError, parseExpression } from './expression.js';

/** The constraints of a config. What is wrong with them is reported, and the constraint left out. */
export function resolveWhere(
  where: string | readonly string[] | undefined,
  space: SearchSpace,
  defaults: Parameters,
  checks: Checks,
): readonly Constraint[] {
  if (where === undefined || checks.isBroken(['where']) || checks.isBroken(['parameters'])) return [];
  const texts = typeof where === 'string' ? [where] : where;
  const samples = sampleOf(space);
  const constraints = texts.flatMap((text, index) => {
    const path = typeof where === 'string' ? ['where'] : ['where', index];
    const refuse = (sentence: string): null => {
      checks.report(path, sentence);
      return null;
    };
    const constraint = resolveConstraint(text, { space, defaults, samples, refuse });
    return constraint === null ? [] : [{ constraint, path }];
  });
  if (constraints.length === texts.length) refuseUnsatisfiable(constraints, samples, checks);
  return constraints.map(({ constraint }) => constraint);
}

interface WhereContext {
  readonly space: SearchSpace;
  /** Values of parameters that are not in the space. */
  readonly defaults: Parameters;
  readonly samples: Samples;
  refuse(sentence: string): null;
}

function resolveConstraint(
  text: string,
  { space, defaults, samples, refuse }: WhereContext,
): Constraint | null {
  try {
    const { names, evaluate } = parseExpression(text);
    const known = [...Object.keys(space), ...Object.keys(defaults)];
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      const meant = nearestName(unknown, known);
      const hint = meant === null ? ' Texts stand in quotes.' : ` Did you mean ${quote(meant)}?`;
      return refuse(`where names ${quote(unknown)}, which is not among the parameters.${hint}`);
    }
    if (names.length === 0) return refuse(`where: ${quote(text)} names no parameter.`);
    const valueFor = (setting: Parameters) => {
      const isActive = names.every((name) => !Object.hasOwn(space, name) || Object.hasOwn(setting, name));
      return isActive ? evaluate({ ...defaults, ...setting }) : true;
    };
    // What does not go together is found before any trial. Values that no sample has are not allowed.
    for (const setting of samples.settings) {
      const value = valueFor(setting);
      if (typeof value === 'boolean') continue;
      return refuse(
        `where: ${quote(text)} gives ${JSON.stringify(value)}; expected a comparison, as in 'hidden * layers <= 1024'.`,
      );
    }
    return { text, names, allows: (setting) => isTrue(() => valueFor(setting)) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return refuse(`where: ${quote(text)}: ${error.message}.`);
  }
}

function isTrue(value: () => unknown): boolean {
  try {
    return value() === true;
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}

/** Settings that stand for a space. */
interface Samples {
  readonly settings: readonly Parameters[];
  /** Whether these are all settings of the space. */
  readonly isWhole: boolean;
}

/** Settings that are drawn to find out how many satisfy the constraints. */
const SAMPLES = 2000;
/** Sizes that stand for an open range. */
const SIZES = 12;

function sampleOf(space: SearchSpace): Samples {
  const closed = Object.fromEntries(
    Object.entries(space).map(([name, domain]): [string, SearchSpace[string]] => {
      if (domain.kind !== 'open') return [name, domain];
      const open = { step: domain.step, resolution: null };
      const values = firstSizes({ sizes: [domain.from], open, until: null }, SIZES);
      return [name, { kind: 'values', values, probabilities: null }];
    }),
  );
  const isClosed = Object.values(space).every(({ kind }) => kind !== 'open');
  const size = gridSize(closed);
  return size !== null && size <= SAMPLES && Object.values(closed).every((domain) => gridOf(domain) !== null)
    ? { settings: grid(closed), isWhole: isClosed }
    : { settings: drawSettings(closed, 1, SAMPLES), isWhole: false };
}

/** The smallest share of drawn settings that may satisfy the constraints: one in a thousand. */
const MIN_SHARE = 0.001;

function refuseUnsatisfiable(
  constraints: readonly { readonly constraint: Constraint; readonly path: ConfigPath }[],
  { settings, isWhole }: Samples,
  checks: Checks,
): void {
  let left = settings;
  for (const { constraint, path } of constraints) {
    left = left.filter((setting) => constraint.allows(setting));
    const share = left.length / settings.length;
    if (isWhole ? left.length > 0 : share >= MIN_SHARE) continue;
    const all = isWhole ? `all ${settings.length} settings` : `${settings.length} settings drawn at random`;
    const found = `${left.length} of ${all} (${Number((100 * share).toPrecision(2))} %)`;
    const expected = isWhole ? 'at least one' : `at least ${100 * MIN_SHARE} %`;
    const together = constraints.length > 1 && path !== constraints[0]?.path ? ' with the ones above' : '';
    checks.report(
      path,
      `where: ${quote(constraint.text)}${together} holds for ${found}; expected ${expected}. ` +
        `Loosen it, or change ${formatList(constraint.names)}.`,
    );
    return;
  }
}
