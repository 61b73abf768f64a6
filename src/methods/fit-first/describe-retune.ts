import { freeParameters, type SearchSpace } from '../../campaign/search-space.js';
import { formatList } from '../../text/list.js';
import { escapeControls } from '../../text/quote.js';
import type { FitFirstPlanOptions } from './resolve.js';

/** Which parameters are tuned again with dropout, and which keep their value of the grow stage. */
export function describeRetune(
  { grow, dropout, retune }: Pick<FitFirstPlanOptions, 'grow' | 'dropout' | 'retune'>,
  space: SearchSpace,
): string {
  const kept = freeParameters(space).filter((name) => ![grow, ...dropout, ...retune].flat().includes(name));
  const again = retune.length === 0 ? 'nothing' : `${formatNames(retune)}: tuned again with dropout`;
  if (kept.length === 0) return again;
  const verb = kept.length === 1 ? 'keeps its value' : 'keep their values';
  const hint =
    retune.length === 0
      ? ` (to tune again, add fit_first: retune: [${kept.map(escapeControls).join(', ')}])`
      : '';
  return `${again}; ${formatNames(kept)} ${verb} of the grow stage${hint}`;
}

const formatNames = (names: readonly string[]): string => formatList(names.map(escapeControls));
