import { gridOf, largestValue } from '../../campaign/domain.js';
import { quote } from '../../text/quote.js';
import type { PlanContext, PlanDiagnostics } from '../method-kind.js';
import { namedDomain } from './named-domain.js';
import type { FitFirstInput } from './schema.js';

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
