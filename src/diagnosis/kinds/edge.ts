import { canonicalJson } from '../../campaign/canonical-json.js';
import { isSameSetting } from '../../campaign/parameters.js';
import { formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import { type Evidence, pairedLoss } from '../evidence.js';

/** A difference of this many standard errors is evidence. */
const MIN_ERRORS = 2;

/** The best value is the smallest or the largest of its list, and clearly better than its neighbour. */
export function diagnoseEdge(evidence: Evidence): Diagnosis[] {
  const { facts, finding, groups } = evidence;
  const setting = finding('chosen')?.parameters;
  if (setting === undefined) return [];
  const { growth, regularisers } = facts.plan;
  return Object.entries(setting).flatMap(([name, value]): Diagnosis[] => {
    const domain = facts.space[name];
    // Growth says itself why it ended.
    if (name === growth?.parameter || name === growth?.depth?.parameter) return [];
    if (domain?.kind !== 'values' || typeof value !== 'number') return [];
    const values = domain.values.filter((one) => typeof one === 'number').sort((a, b) => a - b);
    const place = values.indexOf(value);
    if (values.length < 3 || (place !== 0 && place !== values.length - 1)) return [];
    const off = regularisers.find((one) => one.name === name)?.off;
    if (off !== undefined && canonicalJson(off) === canonicalJson(value)) return [];
    const isLast = place > 0;
    const next = values[isLast ? place - 1 : 1];
    if (next === undefined) return [];
    const compared = groups('full', 'search', 'race', 'select');
    const chosen = compared.find(({ parameters }) => isSameSetting(parameters, setting));
    const neighbour = compared.find(({ parameters }) =>
      isSameSetting(parameters, { ...setting, [name]: next }),
    );
    if (chosen === undefined || neighbour === undefined) return [];
    const loss = pairedLoss(chosen, neighbour, facts);
    if (loss === null || !(loss.mean > MIN_ERRORS * loss.standardError) || loss.mean <= 0) return [];
    return [
      {
        code: 'value-at-edge',
        numbers: { parameter: name, value, neighbour: next, worse_by: loss.mean },
        because:
          `The chosen ${name} ${formatNumber(value)} is the ${isLast ? 'largest' : 'smallest'} of its list, and ` +
          `${formatNumber(next)} is worse by ${formatNumber(loss.mean)} in ${facts.metric.name}.`,
        suggestion: `Add ${isLast ? 'larger' : 'smaller'} values, and run again with --extend.`,
      },
    ];
  });
}
