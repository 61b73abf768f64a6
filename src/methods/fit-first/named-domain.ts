import type { Domain } from '../../campaign/domain.js';
import { nearestName } from '../../text/nearest-name.js';
import { quote } from '../../text/quote.js';
import type { PlanContext, PlanDiagnostics } from '../method-kind.js';

/** The domain of a parameter that an option names; null where it has none, or one that is broken. */
export function namedDomain(
  option: string,
  path: readonly (string | number)[],
  name: string,
  context: PlanContext,
  diagnostics: PlanDiagnostics,
): Domain | null {
  const { space, trainer } = context;
  const domain = Object.hasOwn(space, name) ? space[name] : undefined;
  if (domain !== undefined) return domain;
  if (diagnostics.isParameterBroken(name)) return null;
  const known = [...(trainer.parameters?.keys() ?? [])];
  const meant = nearestName(name, Object.keys(space)) ?? nearestName(name, known);
  const hint = known.includes(name)
    ? ` Add it there, or name another.`
    : meant === null
      ? ''
      : ` Did you mean ${quote(meant)}?`;
  diagnostics.report(path, `${option} names ${quote(name)}, which is not among the parameters.${hint}`);
  return null;
}
