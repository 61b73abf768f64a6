import type { MethodKey, MethodKind } from '../../methods/method-kind.js';
import { formatList } from '../../text/list.js';
import type { Checks } from '../diagnostics/checks.js';

/** Keys that are refused as soon as they are written. `stop_early` has an `off`, so it is checked with its value. */
const REFUSED: readonly MethodKey[] = ['enqueue', 'stop', 'confirm'];

/** Refuses keys that do not go with the method. */
export function refuseMethodKeys(
  { name, supports = [] }: MethodKind,
  kinds: readonly MethodKind[],
  checks: Checks,
): void {
  const written = Object(checks.document.value);
  for (const key of REFUSED.filter((one) => !supports.includes(one))) {
    if (!Object.hasOwn(written, key)) continue;
    const names = kinds.filter((kind) => kind.supports?.includes(key)).map((kind) => kind.name);
    const instead = key === 'confirm' && name === 'fit_first' ? 'Write fit_first.confirm.' : 'Take it out.';
    const sentence = `${key} goes with the methods ${formatList(names)}; the method here is ${name}. ${instead}`;
    checks.report([key], sentence, 'key');
  }
}
