import { formatSetting } from '../../campaign/format-setting.js';
import { magnitude } from '../../campaign/space/sizes.js';
import type { Diagnosis } from '../diagnosis.js';
import type { Evidence } from '../evidence.js';

/** A smaller network cannot be distinguished from the chosen one. */
export function diagnoseSmaller({ facts, finding }: Evidence): Diagnosis[] {
  const chosen = finding('chosen')?.parameters;
  const parameter = facts.plan.growth?.parameter ?? 'hidden';
  if (chosen?.[parameter] === undefined) return [];
  const size = magnitude(chosen[parameter]);
  const smaller = (finding('ties')?.settings ?? [])
    .map((setting) => ({ setting, units: magnitude(setting[parameter] ?? Number.NaN) }))
    .filter(({ units }) => units < size)
    .sort((a, b) => a.units - b.units);
  const [first] = smaller;
  if (first === undefined) return [];
  const names = facts.parameters.filter((name) => facts.space[name]?.kind !== 'fixed');
  return [
    {
      code: 'smaller-not-worse',
      numbers: { chosen: size, smaller: first.units, ties: smaller.length },
      because:
        `The smaller network with ${formatSetting(first.setting, names)} cannot be distinguished from the chosen ` +
        'one.',
      suggestion: 'Take it if size or speed matters, or run more repeats to see a difference.',
    },
  ];
}
