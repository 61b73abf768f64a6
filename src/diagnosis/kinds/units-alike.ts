import type { LayerHealth } from '../../campaign/outcome.js';
import { formatNumber, formatPercent } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import { type Evidence, isSame } from '../evidence.js';

/** How alike the units of the first hidden layer are with dropout and without: the tutorial's reason for dropout. */
export function diagnoseUnitsAlike({ facts, networks }: Evidence): Diagnosis[] {
  const { chosen, baseline } = networks;
  if (chosen === null || baseline === null || isSame(chosen.parameters, baseline.parameters)) return [];
  const [own, other] = [chosen.health.layers[0], baseline.health.layers[0]];
  if (own === undefined || other === undefined || facts.plan.regularisers.length === 0) return [];
  const [rank, rankWithout] = [relativeRank(own), relativeRank(other)];
  const isLess = rank > rankWithout && (own.alikePairs ?? 0) <= (other.alikePairs ?? 0);
  const isMore = rank < rankWithout && (own.alikePairs ?? 0) >= (other.alikePairs ?? 0);
  const verdict = isLess
    ? 'Units are less alike with dropout, as the explanation of dropout says.'
    : isMore
      ? 'Units are more alike with dropout, contrary to the usual explanation of dropout.'
      : 'The two measures disagree on whether dropout makes units less alike.';
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

const relativeRank = ({ effectiveRank, units }: LayerHealth): number => effectiveRank / units;

function describe({ units, effectiveRank, alikePairs }: LayerHealth): string {
  const pairs =
    alikePairs === null ? '' : `, and ${formatPercent(alikePairs)} of the pairs correlate above 0.95`;
  const rank = formatNumber(Number(effectiveRank.toFixed(1)));
  return `the ${units} hidden units have an effective rank of ${rank}${pairs}`;
}
