import { type Domain, domainSize, gridOf } from '../../campaign/domain.js';
import type { Parameters, ParameterValue } from '../../campaign/parameters.js';
import { freeParameters, gridSize, type SearchSpace, subspace } from '../../campaign/search-space.js';
import { formatList } from '../../text/list.js';
import { nearestName } from '../../text/nearest-name.js';
import { quote } from '../../text/quote.js';
import type { Task } from '../../trainers/trainer-kind.js';
import type { Checks } from '../diagnostics/checks.js';
import type { ConfigPath } from '../diagnostics/diagnostic.js';
import type { FitFirstChoice } from '../resolved-config.js';
import type { ExternalFitFirstInput } from '../schema/external-fit-first-schema.js';
import type { FitFirstInput } from '../schema/fit-first-schema.js';
import { checkExternalFit } from './check-external-metrics.js';
import { checkFit } from './check-metrics.js';
import { refuseContinuous, SETTINGS_LIMIT } from './search-limits.js';

/** What the options of fit_first are held against. */
interface FitFirstContext {
  readonly space: SearchSpace;
  /** The default budget. */
  readonly epochs: number;
  readonly task: Task | null;
}

/** Draws of the other parameters at each size where the config does not say how many. */
const DEFAULT_DRAWS = 6;
/** Sizes beyond which growing is no search but a waste. */
const MAX_SIZES = 1000;

/** The section `fit_first` with everything said; what is wrong with it goes among the problems. */
export function resolveFitFirst(
  input: FitFirstInput | ExternalFitFirstInput,
  context: FitFirstContext,
  checks: Checks,
): FitFirstChoice {
  const { space, epochs, task } = context;
  const sizes = readSizes(input.grow, space, checks);
  const off = readOffValues(input, space, checks);
  const { metrics } = checks.trainerKind;
  if (metrics === null) checkExternalFit(input.fit, checks);
  else checkFit(metrics, input.fit, task, checks);
  const searched = Object.keys(space).filter((name) => name !== input.grow && !input.dropout.includes(name));
  return {
    kind: 'fit_first',
    grow: input.grow,
    sizes,
    dropout: input.dropout,
    off,
    fit: {
      metric: input.fit.metric ?? null,
      goal: ('goal' in input.fit ? input.fit.goal : undefined) ?? null,
      reach: input.fit.reach,
      repeats: input.fit.repeats,
      quorum: input.quorum ?? null,
      failed: input.fit.failed,
    },
    search: readSearch(input, subspace(space, searched), checks),
    growOn: input.strict ? null : input.grow_on,
    retune: readRetune(input, space, checks),
    epochs: { grow: input.epochs.grow ?? epochs, dropout: input.epochs.dropout ?? epochs },
    confirm: input.confirm,
    ifNothingFits: input.if_nothing_fits,
  };
}

/** The domain of a parameter that an option names; null where it has none, or one that is broken. */
function named(
  option: string,
  path: ConfigPath,
  name: string,
  space: SearchSpace,
  checks: Checks,
): Domain | null {
  const domain = Object.hasOwn(space, name) ? space[name] : undefined;
  if (domain !== undefined) return domain;
  if (checks.isBroken(['parameters', name])) return null;
  const known = [...(checks.trainerKind.parameters?.keys() ?? [])];
  const meant = nearestName(name, Object.keys(space)) ?? nearestName(name, known);
  const hint = known.includes(name)
    ? ` Add it there, or name another.`
    : meant === null
      ? ''
      : ` Did you mean ${quote(meant)}?`;
  checks.report(path, `${option} names ${quote(name)}, which is not among the parameters.${hint}`);
  return null;
}

/** The values of the grown parameter, the smallest network first. */
function readSizes(grow: string, space: SearchSpace, checks: Checks): ParameterValue[] {
  const path = ['fit_first', 'grow'];
  const domain = named('fit_first.grow', path, grow, space, checks);
  if (domain === null) return [];
  const count = domainSize(domain);
  if (count === null) {
    checks.report(
      path,
      `${grow} cannot grow, for it is continuous (${domain.kind}). List its values, as in {values: [4, 8, 16]}.`,
    );
    return [];
  }
  if (count > MAX_SIZES) {
    checks.report(
      path,
      `${grow} has ${count} values to grow through; at most ${MAX_SIZES} are taken. List fewer, as in {values: [4, 8, 16]}.`,
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
    checks.report(path, `${grow} cannot grow, for ${why}: nothing says which is larger.`);
    return [];
  }
  return [...values].sort((a, b) => magnitude(a) - magnitude(b));
}

function isListOfNumbers(value: ParameterValue): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'number');
}

/** A number itself; of a list the sum, as in the units of all layers. */
function magnitude(value: ParameterValue): number {
  if (typeof value === 'number') return value;
  return Array.isArray(value) ? value.reduce((sum: number, entry) => sum + Number(entry), 0) : Number.NaN;
}

function readOffValues(
  input: FitFirstInput | ExternalFitFirstInput,
  space: SearchSpace,
  checks: Checks,
): Parameters {
  const off: [string, ParameterValue][] = [];
  let isTuned = false;
  for (const [index, name] of input.dropout.entries()) {
    const path = ['fit_first', 'dropout', index];
    if (refuseAgain('fit_first.dropout', input.dropout, index, path, checks)) continue;
    if (name === input.grow) {
      checks.report(path, `fit_first.dropout names ${quote(name)}, which is the grown parameter.`);
      continue;
    }
    const domain = named('fit_first.dropout', path, name, space, checks);
    if (domain === null) {
      isTuned = true;
      continue;
    }
    const value = offOf(name, input, checks);
    if (value === null) {
      const known = [...(checks.trainerKind.parameters ?? [])].flatMap(([one, { off }]) =>
        off === null ? [] : [one],
      );
      checks.report(
        path,
        `fit_first.dropout names ${quote(name)}, which cannot be switched off; expected ${formatList(known, 'or')}.`,
      );
      isTuned = true;
      continue;
    }
    off.push([name, value]);
    if (domain.kind !== 'fixed' || domain.value !== value) isTuned = true;
  }
  if (off.length > 0 && !isTuned) {
    const words = off.map(([name, value]) => `${name} ${String(value)}`);
    checks.report(
      ['fit_first', 'dropout'],
      `fit_first.dropout has nothing to tune: ${formatList(words, 'and')} is the only value. List more, as in {values: [0, 0.2, 0.5]}.`,
    );
  }
  const settings = gridSize(subspace(space, input.dropout));
  if (settings !== null && settings > SETTINGS_LIMIT) {
    checks.report(
      ['fit_first', 'dropout'],
      `fit_first.dropout has ${settings} combinations of values; at most ${SETTINGS_LIMIT} are taken. List fewer.`,
    );
  }
  return Object.fromEntries(off);
}

/** Nothing is known of the parameters of a trainer of the user's own, but 0 is off for most. */
function offOf(
  name: string,
  input: FitFirstInput | ExternalFitFirstInput,
  checks: Checks,
): ParameterValue | null {
  const { parameters } = checks.trainerKind;
  if (parameters !== null) return parameters.get(name)?.off ?? null;
  const given = 'off' in input && Object.hasOwn(input.off, name) ? input.off[name] : undefined;
  return given ?? 0;
}

function readSearch(input: FitFirstInput, others: SearchSpace, checks: Checks): FitFirstChoice['search'] {
  const size = gridSize(others);
  const { search } = input;
  if (search === undefined)
    return size !== null && size <= SETTINGS_LIMIT
      ? { kind: 'grid' }
      : { kind: 'random', trials: DEFAULT_DRAWS };
  if (search !== 'grid' && search.method === 'random') return { kind: 'random', trials: search.trials };
  if (size === null) {
    refuseContinuous(others, 'fit_first.search: grid', '{method: random, trials: 6}', checks);
  } else if (size > SETTINGS_LIMIT) {
    checks.report(
      ['fit_first', 'search'],
      `fit_first.search: grid has ${size} settings at each size; at most ${SETTINGS_LIMIT} are taken. Use {method: random, trials: 6}.`,
    );
  }
  return { kind: 'grid' };
}

/** Parameters that are tuned again with dropout: those named, as far as they have more than one value. */
function readRetune(input: FitFirstInput, space: SearchSpace, checks: Checks): string[] {
  const free = freeParameters(space);
  const taken = (name: string): boolean => name === input.grow || input.dropout.includes(name);
  if (input.retune === undefined) return free.filter((name) => name === 'learning_rate' && !taken(name));
  for (const [index, name] of input.retune.entries()) {
    const path = ['fit_first', 'retune', index];
    if (refuseAgain('fit_first.retune', input.retune, index, path, checks)) continue;
    if (taken(name)) {
      const role = name === input.grow ? 'grows' : 'is tuned with dropout anyway';
      checks.report(path, `fit_first.retune names ${quote(name)}, which ${role}. Leave it out.`);
    } else named('fit_first.retune', path, name, space, checks);
  }
  return input.retune.filter((name) => free.includes(name));
}

function refuseAgain(
  option: string,
  names: readonly string[],
  index: number,
  path: ConfigPath,
  checks: Checks,
): boolean {
  const name = names[index] ?? '';
  if (names.indexOf(name) === index) return false;
  checks.report(path, `${option} names ${quote(name)} twice.`);
  return true;
}
