import type { PlanContext, PlanDiagnostics } from '../method-kind.js';
import type { FitFirstInput } from './schema.js';

/** The epochs of a trial in the stages of a plan. */
export type PlannedEpochs = {
  /** As a mapping if trials go on: the epochs of the first trial, and the most that one may have. */
  readonly grow: number | { readonly from: number; readonly most: number };
  readonly dropout: number;
};

/** How many times the epochs of the start a trial may have if the config does not say it. */
const DEFAULT_TIMES = '8x';

/** The epochs per stage that follow from `fit_first.epochs`; reports what is wrong with them. */
export function resolveEpochs(
  { epochs }: FitFirstInput,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): PlannedEpochs {
  const dropout = epochs.dropout ?? context.epochs;
  const { grow, most } = epochs;
  if (grow !== 'auto') {
    if (most !== undefined) {
      const sentence =
        'fit_first.epochs.most says how far `grow: auto` goes, and grow is not auto. Write grow: ' +
        'auto, or leave most out.';
      diagnostics.report(['epochs', 'most'], sentence, 'key');
    }
    return { grow: grow ?? context.epochs, dropout };
  }
  if (!Object.hasOwn(context.space, 'epochs') && context.trainer.parameters === null) {
    const sentence =
      'fit_first.epochs.grow: auto starts with the parameter epochs, which is missing. Add it ' +
      'under parameters, as in epochs: 20.';
    diagnostics.report(['epochs', 'grow'], sentence);
  }
  const times = Number.parseInt(most ?? DEFAULT_TIMES, 10);
  return { grow: { from: context.epochs, most: times * context.epochs }, dropout };
}
