import { FitfirstError } from '../../../campaign/fitfirst-error.js';
import type { TrainerResolveContext } from '../../resolve-context.js';

/** Whether a check passes; what it says otherwise is reported at a path of the config. */
export function isSound(
  check: () => unknown,
  path: readonly string[],
  context: TrainerResolveContext,
): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof FitfirstError)) throw error;
    context.report(path, error.message);
    return false;
  }
}
