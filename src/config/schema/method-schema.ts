import { z } from 'zod';
import type { MethodKind, TrainerTraits } from '../../methods/method-kind.js';
import type { ConfigPath } from '../diagnostics/diagnostic.js';

/** The key `method` as it is written: a name, or a mapping from a name to its options. */
type MethodInput = string | Readonly<Record<string, unknown>>;

const isMapping = ({ form }: MethodKind): boolean => form.kind === 'mapping';

/** Methods whose options stand in a section of their own. */
const withSection = (kinds: readonly MethodKind[]): MethodKind[] =>
  kinds.filter(({ form }) => form.kind === 'section');

/** Names of the sections that hold the options of methods. */
export const methodSections = (kinds: readonly MethodKind[]): readonly string[] =>
  withSection(kinds).map(({ name }) => name);

/** The key `method`, and the sections of those methods that have one, for configs with such a trainer. */
export function methodShape(
  kinds: readonly MethodKind[],
  trainer: TrainerTraits,
): { readonly method: z.ZodType<MethodInput> } {
  const names = kinds.filter((kind) => !isMapping(kind)).map(({ name }) => name);
  const mappings = kinds
    .filter(isMapping)
    .map((kind) => z.strictObject({ [kind.name]: kind.schema(trainer) }));
  const method = z
    .union([z.enum(names), ...mappings])
    .default(kinds[0]?.name ?? '')
    .describe(kinds.map(({ name, description }) => `${name}: ${description}.`).join(' '));
  const sections = withSection(kinds).map((kind) => [kind.name, kind.schema(trainer).optional()] as const);
  return { method, ...Object.fromEntries(sections) };
}

/** A method that a config asks for, and where its options stand. */
export interface NamedMethod {
  readonly kind: MethodKind;
  readonly path: ConfigPath;
}

/** The method that the key `method` names; undefined for one that does not exist. */
export function namedMethod(kinds: readonly MethodKind[], method: MethodInput): NamedMethod | undefined {
  const [name] = typeof method === 'string' ? [method] : Object.keys(method);
  const kind = kinds.find((known) => known.name === name);
  if (kind === undefined) return undefined;
  switch (kind.form.kind) {
    case 'name':
      return { kind, path: ['method'] };
    case 'mapping':
      return { kind, path: ['method', kind.name] };
    case 'section':
      return { kind, path: [kind.name] };
    default:
      return kind.form satisfies never;
  }
}

/** What to write where a method is named without its options; null where it needs none, or is no method. */
export function missingOptions(kinds: readonly MethodKind[], name: unknown): string | null {
  const form = kinds.find((kind) => kind.name === name)?.form;
  return form === undefined || form.kind === 'name' ? null : form.missing;
}
