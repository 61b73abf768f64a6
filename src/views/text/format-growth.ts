import { formatValue } from '../../campaign/format-setting.js';
import type { PlannedGrowth } from '../../campaign/plan.js';
import { formatList } from '../../text/list.js';
import { formatNumber, formatPower, formatWhole } from '../../text/number.js';

/** How a parameter grows and what ends it, in a line: `hidden from 8, times 2; at most size 4096`. */
export function formatGrowth({ parameter, sizes, depth, open, until }: PlannedGrowth): string {
  const listed = sizes.map(formatValue).join(', ');
  const range =
    open === null
      ? `${parameter} ${listed}`
      : `${parameter} ${sizes.length === 1 ? `from ${listed}` : `${listed} and on`}, ` +
        `${open.step.kind} ${formatNumber(open.step.by)}`;
  const then = depth === undefined ? '' : `, then ${depth.parameter} ${depth.values.join(', ')}`;
  const limits = [
    ...(until?.size == null ? [] : [`size ${until.size}`]),
    ...(until?.trials == null ? [] : [`${formatWhole(until.trials)} trials`]),
    ...(until?.cost == null
      ? []
      : [
          until.cost.unit === 'first-size'
            ? `${formatNumber(until.cost.limit)} times what the first size takes`
            : `${formatPower(until.cost.limit)} multiply-adds`,
        ]),
  ];
  return limits.length === 0 ? `${range}${then}` : `${range}${then}; at most ${formatList(limits)}`;
}
