import type { LayerHealth } from '../../campaign/outcome.js';
import { isSameSetting } from '../../campaign/parameters.js';
import { formatNumber, formatPercent } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import type { Evidence } from '../evidence.js';

/** Ranks differ clearly from this ratio on. */
const CLEAR_RATIO = 1.1;

/** How alike the units of the first hidden layer are with dropout and without: the tutorial's reason for dropout. */
export function diagnoseUnitsAlike({ facts, networks }: Evidence): Diagnosis[] {
  const { chosen, baseline } = networks;
  if (chosen === null || baseline === null || isSameSetting(chosen.parameters, baseline.parameters))
    return [];
  const [own, other] = [chosen.health.layers[0], baseline.health.layers[0]];
  if (own === undefined || other === undefined || facts.plan.regularisers.length === 0) return [];
  const verdict = verdictOn(own, other);
  return [
    {
      code: 'units-alike',
      numbers: {
        units: own.units,
        effective_rank: own.effectiveRank,
        alike_pairs: own.alikePairs ?? 0,
        baseline_units: other.units,
        baseline_effective_rank: other.effectiveRank,
        baseline_alike_pairs: other.alikePairs ?? 0,
      },
      because: `With dropout, ${describe(own)}; without, ${describe(other)}. ${verdict}`,
      suggestion: null,
    },
  ];
}

/** What the two measures say of dropout. They are comparable only for layers of the same width. */
function verdictOn(own: LayerHealth, other: LayerHealth): string {
  if (own.units !== other.units) {
    return 'The networks differ in width, so dropout alone does not explain the difference.';
  }
  const [rank, rankWithout] = [own.effectiveRank, other.effectiveRank];
  const pairs = (own.alikePairs ?? 0) - (other.alikePairs ?? 0);
  if (rank >= CLEAR_RATIO * rankWithout && pairs <= 0) {
    return 'Units are less alike with dropout, as the explanation of dropout says.';
  }
  if (rankWithout >= CLEAR_RATIO * rank && pairs >= 0) {
    return 'Units are more alike with dropout, contrary to the usual explanation of dropout.';
  }
  return 'Dropout makes no clear difference to how alike the units are.';
}

function describe({ units, effectiveRank, alikePairs }: LayerHealth): string {
  const pairs =
    alikePairs === null ? '' : `, and ${formatPercent(alikePairs)} of the pairs correlate above 0.95`;
  const rank = formatNumber(Number(effectiveRank.toFixed(1)));
  return `the ${units} hidden units have an effective rank of ${rank}${pairs}`;
}
