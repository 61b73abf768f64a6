import { isSameSetting } from '../../campaign/parameters.js';
import { meanOverRepeats } from '../../campaign/statistics.js';
import { normalQuantile } from '../../numeric/normal.js';
import { formatNumber } from '../../text/number.js';
import type { Diagnosis } from '../diagnosis.js';
import { type Evidence, scoresByRepeat } from '../evidence.js';

/** A difference of this many standard errors is evidence. */
const MIN_ERRORS = 2;

/**
 * The winner of many settings looks better in the search than it is. The expected optimism, if all settings were
 * equally good, is the expected largest of N standard errors (Blom 1958: the normal quantile at (N - 0.375) / (N +
 * 0.25)). It is compared with what fresh repeats of the choice show.
 */
export function diagnoseBestOfMany({ facts, finding, groups }: Evidence): Diagnosis[] {
  const setting = finding('chosen')?.parameters;
  if (setting === undefined) return [];
  const fresh = groups('full', 'select', 'confirm').find(({ parameters }) =>
    isSameSetting(parameters, setting),
  );
  if (fresh === undefined) return [];
  const searched = groups('full', 'search', 'race');
  const own = searched.find(({ parameters }) => isSameSetting(parameters, setting));
  if (own === undefined) return [];
  const inSearch = meanOverRepeats([...scoresByRepeat(own, facts).values()]);
  const onFresh = meanOverRepeats([...scoresByRepeat(fresh, facts).values()]);
  const [a, b] = [inSearch.standardError, onFresh.standardError];
  if (a === null || b === null) return [];
  const worse =
    facts.metric.goal === 'minimize' ? onFresh.mean - inSearch.mean : inSearch.mean - onFresh.mean;
  if (!(worse > MIN_ERRORS * Math.sqrt(a * a + b * b))) return [];
  const settings = searched.length;
  const expected = settings < 2 ? 0 : a * normalQuantile((settings - 0.375) / (settings + 0.25));
  const { name } = facts.metric;
  return [
    {
      code: 'best-of-many',
      numbers: { settings, search: inSearch.mean, fresh: onFresh.mean, worse_by: worse, expected },
      because:
        `The best of ${settings} settings has mean ${name} ${formatNumber(inSearch.mean)} in the search and ` +
        `${formatNumber(onFresh.mean)} on fresh repeats, which is worse by ${formatNumber(worse)}. If all settings ` +
        `were equally good, about ${formatNumber(expected)} would be expected.`,
      suggestion: 'Trust the fresh repeats. More repeats in the race make the choice safer.',
    },
  ];
}
