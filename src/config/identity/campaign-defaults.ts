import type { CampaignFacts } from '../../campaign/event.js';
import { isLearningRate } from '../../methods/fit-first/learning-rate-names.js';
import { methodKinds } from '../../methods/registry.js';
import type { ConfigPath } from '../diagnostics/diagnostic.js';
import type { LoadedConfig } from '../load-config.js';
import { valueAt } from '../schema/describe-schema.js';

/** What a campaign recorded of its config when it began. */
type CampaignRecord = Pick<CampaignFacts, 'method' | 'plan' | 'config'>;

/** A key whose default differs between versions. */
interface ChangedDefault {
  readonly key: ConfigPath;
  /** The value with which a campaign began, as a config says it; undefined where the key does not concern it. */
  recorded(before: CampaignRecord): unknown;
}

/**
 * All keys whose default has changed since version 0.1.0. A campaign keeps the defaults with which it began, so that an
 * update does not change the search of a campaign that has begun. If you change a default, add a line here.
 */
const CHANGED_DEFAULTS: readonly ChangedDefault[] = [
  {
    key: ['fit_first', 'choose'],
    recorded: ({ method, plan }) => (method === 'fit_first' ? (plan.options.choose ?? 'search') : undefined),
  },
  {
    key: ['fit_first', 'retune'],
    // Until other names of learning rates were known, only `learning_rate` was tuned again.
    recorded: ({ method, plan, config }) => {
      const names = Object.keys(Object(valueAt(config, ['parameters'])));
      const isOtherName = (name: string): boolean => name !== 'learning_rate' && isLearningRate(name);
      return method === 'fit_first' && names.some(isOtherName) ? plan.options.retune : undefined;
    },
  },
  {
    key: ['fit_first', 'above'],
    // Until it was measured, the race over dropout had no size above the grown one. Plans leave 0 out.
    recorded: ({ method, plan }) =>
      method === 'fit_first' && plan.options.above === undefined ? 0 : undefined,
  },
  {
    key: ['fit_first', 'fit', 'repeats'],
    recorded: ({ method, plan }) =>
      method === 'fit_first' ? valueAt(plan.options, ['fit', 'repeats']) : undefined,
  },
  {
    key: ['fit_first', 'fit', 'least_repeats'],
    // Until then a setting was dropped as soon as it could no longer fit.
    recorded: ({ method, plan }) =>
      method === 'fit_first' ? (valueAt(plan.options, ['fit', 'least_repeats']) ?? 1) : undefined,
  },
  {
    key: ['confirm'],
    // Until there were finalists of searches, the best of the search was chosen.
    recorded: ({ method, plan }) => (hasFinalists(method) ? (plan.options.confirm ?? 0) : undefined),
  },
  { key: ['finish', 'on'], recorded: ({ config }) => valueAt(config, ['finish', 'on']) },
];

const hasFinalists = (method: string): boolean =>
  methodKinds.some(({ name, supports = [] }) => name === method && supports.includes('confirm'));

/** A config that goes on with a campaign: keys that it leaves unsaid have the values of the campaign. */
export function withCampaignDefaults(loaded: LoadedConfig, before: CampaignRecord): LoadedConfig {
  const said = loaded.document.value;
  const values = CHANGED_DEFAULTS.flatMap(({ key, recorded }) => {
    const value = recorded(before);
    // Without its section, a key has nowhere to stand; another method does not have it.
    const isUnsaid = valueAt(said, key) === undefined && hasSection(said, key, before);
    return isUnsaid && value !== undefined ? [{ key, value }] : [];
  });
  return values.length === 0 ? loaded : { ...loaded, config: loaded.resolveWith(values) };
}

function hasSection(said: unknown, [section = '']: ConfigPath, { method }: CampaignRecord): boolean {
  return section !== method || valueAt(said, [section]) !== undefined;
}
