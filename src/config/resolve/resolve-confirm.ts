import type { MethodKind } from '../../methods/method-kind.js';
import type { ConfigDraft } from '../schema/structure.js';

/** Fresh repeats for the finalists of a search whose trials are cheap. */
const DEFAULT_CONFIRM = 5;

/**
 * Fresh repeats on which the best settings of a search run. By default there are some where trials are cheap and
 * repeats are compared in a race: a person who asks for a number of repeats gets that number.
 */
export function resolveConfirm(
  written: ConfigDraft['confirm'],
  kind: MethodKind,
  repeats: { readonly first: number; readonly most: number },
  isCheap: boolean,
): number {
  if (kind.supports?.includes('confirm') !== true) return 0;
  return written ?? (isCheap && repeats.most > repeats.first ? DEFAULT_CONFIRM : 0);
}
