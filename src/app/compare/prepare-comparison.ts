import { z } from 'zod';
import type { CampaignFacts } from '../../campaign/event.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { Parameters } from '../../campaign/parameters.js';
import type { CampaignPlan } from '../../campaign/plan.js';
import { freeParameters } from '../../campaign/search-space.js';
import { firstSizes } from '../../campaign/space/sizes.js';
import { type CompareMethod, compareMethod } from '../../compare/compare-method.js';
import { MAX_OPEN_SIZES, type TableSpace, tableSpace } from '../../compare/table-space.js';
import { diagnosticLines } from '../../config/diagnostics/diagnostic.js';
import { configFingerprint } from '../../config/identity/config-fingerprint.js';
import type { ResolvedConfig } from '../../config/resolved-config.js';
import { fitFirstMethod } from '../../methods/fit-first/fit-first-method.js';
import type { MethodKind } from '../../methods/method-kind.js';
import { escapeControls } from '../../text/quote.js';
import { methodContext } from '../create-method.js';
import type { PreparedCampaign } from '../prepare-campaign.js';

/** How large a comparison is. */
export interface CompareChoice {
  /** The most settings of the table. */
  readonly settings: number;
  /** Repeats of each setting of the table. */
  readonly repeats: number;
  /** How many of them judge; a third if left out. */
  readonly judges?: number;
  /** Draws of repeats on which methods are replayed. */
  readonly draws: number;
}

/** A comparison that is ready to train its table. */
export interface PreparedComparison {
  /** The campaign that trains the table. */
  readonly campaign: PreparedCampaign;
  readonly method: CompareMethod;
  readonly space: TableSpace;
}

/** The share of the repeats that judges where nothing else is asked for. */
const JUDGES = 1 / 3;

/** How many repeats judge. Throws USAGE_INVALID if none is left to choose on. */
function judgesOf({ repeats, judges = Math.max(1, Math.round(repeats * JUDGES)) }: CompareChoice): number {
  if (judges < repeats) return judges;
  const sentence = `--judges ${judges} of --repeats ${repeats} leaves none to choose on`;
  throw new FitfirstError('USAGE_INVALID', `${sentence}; at most ${repeats - 1} can judge.`);
}

/**
 * The campaign that trains the table of results of a config and replays methods on it. Throws CONFIG_INVALID where the
 * config does not ask for fit_first, and USAGE_INVALID where its sizes and dropout rates alone are too many, or no
 * repeat is left to choose on.
 */
export function prepareComparison(prepared: PreparedCampaign, choice: CompareChoice): PreparedComparison {
  const { loaded, dataset, code } = prepared;
  const given = loaded.config;
  const { growth, regularisers } = given.plan;
  if (given.methodKind.name !== fitFirstMethod.name || growth === null) throw otherMethod(prepared);
  const space = tableSpace({
    space: given.space,
    growth,
    off: Object.fromEntries(regularisers.map(({ name, off }) => [name, off ?? 0])),
    maxSettings: choice.settings,
    seed: given.seed,
    allows: (setting: Parameters) => given.constraints.every((each) => each.allows(setting)),
  });
  if ('combinations' in space) throw tooManySizes(space.combinations, choice.settings);

  const { repeats, draws } = choice;
  const selection = repeats - judgesOf(choice);
  const race = Math.min(given.repeats.most, selection);
  const settings = space.settings.length;
  const { epochs } = given;
  const { stopEarly } = given;
  const early = stopEarly && { patience: stopEarly.patience, ...stopEarly.fallingBehind };
  const followed = { fit_first: given.plan.options, ...(early && { stop_early: early }) };
  const plan: CampaignPlan = {
    stages: [
      { name: 'table', role: 'search' },
      { name: 'test', role: 'search' },
      { name: 'finish', role: 'finish' },
    ],
    growth: null,
    regularisers: [],
    options: { settings, sampled: space.draws, repeats, epochs, draws, ...followed },
  };
  const kind: MethodKind = {
    name: 'compare',
    description: 'a table of results on which methods are replayed',
    form: { kind: 'name' },
    schema: () => z.strictObject({}),
    resolve: () => plan,
    create: () => method,
  };
  const config: ResolvedConfig = {
    ...given,
    methodKind: kind,
    plan,
    space: space.space,
    objectives: [],
    enqueue: [],
    stop: null,
    stopEarly: null,
    confirm: 0,
    repeats: { ...given.repeats, first: repeats, most: repeats },
    finish: { on: given.finish.on },
    budget: { hours: given.budget.hours, trials: null },
  };
  const context = { ...methodContext(config, dataset), allows: space.allows };
  const method = compareMethod({
    ...{ plan: given.plan, epochs, selection, race, settings, draws, repeats, context },
    stopEarly,
    sizes: firstSizes(growth, Math.max(MAX_OPEN_SIZES, growth.sizes.length)),
    all: space.settings,
    varied: freeParameters(space.space),
    testMetric: context.finish.hasTest ? testMetricOf(given) : null,
  });
  const facts: CampaignFacts = {
    ...prepared.facts,
    name: `${given.name}-compare`,
    method: kind.name,
    plan,
    space: space.space,
    config: configFingerprint(config, code),
  };
  const table = { ...loaded, config, resolveWith: () => config };
  // Workers read the config as it is, and train the trials of both campaigns alike.
  const workerFacts = prepared.facts;
  return { campaign: { loaded: table, facts, workerFacts, method, dataset, code }, method, space };
}

/** The metric of the test part that the built-in network reports if it is asked for by name. */
function testMetricOf({ metric, trainerKind }: ResolvedConfig): string | null {
  const isBuiltIn = trainerKind.label === null;
  return isBuiltIn && metric.name.startsWith('val_') ? metric.name.replace('val_', 'test_') : null;
}

function otherMethod({ loaded }: PreparedCampaign): FitfirstError {
  const { document, path, config } = loaded;
  const sentence =
    `compare needs method: fit_first, which says what grows and what is dropout; ` +
    `found method: ${config.methodKind.name}.`;
  const place = document.placeOf(['method'], 'key');
  return new FitfirstError('CONFIG_INVALID', diagnosticLines(escapeControls(path), [{ place, sentence }]));
}

function tooManySizes(combinations: number, settings: number): FitfirstError {
  return new FitfirstError(
    'USAGE_INVALID',
    `The table has at most --settings ${settings} settings, but ${combinations} combinations of sizes and dropout ` +
      `rates. Use --settings ${combinations} or more, or list fewer sizes or rates.`,
  );
}
