import type { ExecutorChoice, ExecutorKind } from '../../execution/kinds/executor-kind.js';
import { formatList } from '../../text/list.js';
import type { Checks } from '../diagnostics/checks.js';
import { formatPath } from '../diagnostics/diagnostic.js';

/** What is written under `executor`; undefined where nothing is. */
type ExecutorInput = string | Readonly<Record<string, unknown>> | undefined;

/** The executor that a config names, else the one that the trainer prefers; null where it is wrong, and reported. */
export function resolveExecutor(
  input: ExecutorInput,
  preferred: string,
  kinds: readonly ExecutorKind[],
  checks: Checks,
): ExecutorChoice | null {
  const path = ['executor'];
  if (checks.isBroken(path)) return null;
  const given = typeof input === 'object' ? input : { [input ?? preferred]: {} };
  const [[name, options] = ['', {}], ...others] = Object.entries(given);
  if (name === '' || others.length > 0) {
    const found = name === '' ? 'no executor' : formatList(Object.keys(given), 'and');
    checks.report(path, `${formatPath(path)} names ${found}; expected one, as in executor: {threads: {}}.`);
    return null;
  }
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined)
    throw new TypeError(`the trainer prefers the executor ${name}, which is not registered`);
  const { trainerKind } = checks;
  if (!kind.runs.includes(trainerKind.form)) {
    const isFitting = ({ runs, isRemote }: ExecutorKind): boolean =>
      runs.includes(trainerKind.form) && isRemote !== true;
    const fitting = kinds.filter(isFitting).map((one) => one.name);
    checks.report(
      path,
      `the executor ${name} cannot run the trainer ${trainerKind.kind}. Write ` +
        `${formatList(fitting, 'or')}, or leave executor out.`,
    );
    return null;
  }
  const parsed = kind.schema.parse(options);
  const problem = kind.problem?.(parsed) ?? null;
  if (problem !== null) checks.report(path, problem);
  return { kind, options: parsed };
}
