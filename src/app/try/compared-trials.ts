import { canonicalJson } from '../../campaign/canonical-json.js';
import { draw } from '../../campaign/domain.js';
import type { Parameters, ParameterValue } from '../../campaign/parameters.js';
import { freeParameters } from '../../campaign/search-space.js';
import { isActive } from '../../campaign/space/conditions.js';
import { sizeAfter } from '../../campaign/space/sizes.js';
import type { TrialSpec } from '../../campaign/trial.js';
import type { ResolvedConfig } from '../../config/resolved-config.js';

/** Parameters that are changed at most. */
const MAX_PARAMETERS = 8;
/** Draws among which another value of a parameter is looked for. */
const MAX_DRAWS = 50;

/**
 * Trials that show by comparison with this one what a program ignores: the next repeat, if the campaign has several,
 * and for each parameter a setting that differs in it alone.
 */
export function comparedTrials(spec: TrialSpec, config: ResolvedConfig): TrialSpec[] {
  const names = freeParameters(config.space).filter((name) => name !== 'epochs' && name in spec.parameters);
  const others = names.slice(0, MAX_PARAMETERS).flatMap((name) => {
    const parameters = changedSetting(spec.parameters, name, config);
    return parameters === null ? [] : [{ ...spec, parameters }];
  });
  return hasRepeats(config) ? [{ ...spec, repeat: spec.repeat + 1 }, ...others] : others;
}

/** Whether a setting may run on several repeats. */
function hasRepeats({ repeats, plan }: ResolvedConfig): boolean {
  const { growth, stages } = plan;
  return repeats.most > 1 || (growth?.repeats ?? 1) > 1 || stages.some(({ role }) => role === 'confirm');
}

/** A setting that differs in this parameter alone; null if none is found that the config allows. */
function changedSetting(setting: Parameters, name: string, config: ResolvedConfig): Parameters | null {
  const { space, constraints } = config;
  for (const value of otherValues(setting, name, config)) {
    const changed = { ...setting, [name]: value };
    if (canonicalJson(changed) === canonicalJson(setting)) continue;
    // Another value may switch other parameters on or off, and the settings would then differ in these, too.
    const isAlone = Object.keys(space).every((one) => isActive(space, changed, one) === one in setting);
    if (isAlone && constraints.every((each) => each.allows(changed))) return changed;
  }
  return null;
}

function* otherValues(
  setting: Parameters,
  name: string,
  { space, plan, seed }: ResolvedConfig,
): Generator<ParameterValue> {
  const { [name]: value } = setting;
  const next = plan.growth?.parameter === name && value !== undefined ? sizeAfter(value, plan.growth) : null;
  if (next !== null) yield next;
  const domain = space[name];
  if (domain === undefined || domain.kind === 'open') return;
  for (let index = 0; index < MAX_DRAWS; index++) yield draw(domain, seed, index, name);
}
