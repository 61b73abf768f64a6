import { gridOf, largestValue } from '../../campaign/domain.js';
import { quote } from '../../text/quote.js';
import type { PlanContext, PlanDiagnostics } from '../method-kind.js';
import { namedDomain } from './named-domain.js';
import type { FitFirstInput, GrowInput } from './schema.js';

/** What is raised in wider networks; nothing where the config names nothing. */
export function resolveRaise(
  { raise, widen, dropout, grow, depth }: GrowInput,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): { readonly raise?: string } {
  if (raise === undefined) return {};
  const path = ['raise'];
  if (widen === undefined) {
    const sentence = 'fit_first.raise goes with widen only. Add widen: dropout, or leave raise out.';
    diagnostics.report(path, sentence, 'key');
    return {};
  }
  if (raise === grow || raise === depth || dropout.includes(raise)) {
    const sentence = `fit_first.raise names ${quote(raise)}, which grows or is a regulariser. Name a learning rate.`;
    diagnostics.report(path, sentence);
    return {};
  }
  const domain = namedDomain('fit_first.raise', path, raise, context, diagnostics);
  if (domain === null) return {};
  const isPositive = gridOf(domain)?.every((value) => typeof value === 'number' && value > 0) ?? true;
  if (isPositive) return { raise };
  diagnostics.report(path, `fit_first.raise names ${quote(raise)}, whose values are no numbers above 0.`);
  return {};
}

/** The rate that networks are widened with; nothing where the config names none. */
export function resolveWiden(
  { widen, dropout }: FitFirstInput,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): { readonly widen?: string } {
  if (widen === undefined) return {};
  const path = ['widen'];
  if (!dropout.includes(widen)) {
    const sentence = `fit_first.widen names ${quote(widen)}, which is not under fit_first.dropout.`;
    diagnostics.report(path, `${sentence} Add it there, or leave widen out.`);
    return {};
  }
  const domain = namedDomain('fit_first.widen', path, widen, context, diagnostics);
  if (domain === null) return {};
  const isRate = gridOf(domain)?.every((value) => typeof value === 'number') ?? true;
  if (isRate && largestValue(domain) < 1) return { widen };
  const sentence = `fit_first.widen names ${quote(widen)}, whose values are no rates below 1. Leave widen out.`;
  diagnostics.report(path, sentence);
  return {};
}
