import { FitfirstError } from '../campaign/fitfirst-error.js';

/** What a program brings along for one key of the config. */
export interface ProgramPart<Kind> {
  /** What the config says under the key; undefined where it does not have the key. */
  readonly value: unknown;
  /** The kind that the value names; null for a built-in one. */
  readonly kind: Kind | null;
}

/** The built-in kinds, and that of the program. */
export function withPart<Kind>(
  builtIn: readonly Kind[],
  { kind }: Pick<ProgramPart<Kind>, 'kind'>,
): readonly Kind[] {
  return kind === null ? builtIn : [...builtIn, kind];
}

/** Throws CONFIG_INVALID for a name that a config already gives to something else. */
export function refuseBuiltInName(
  key: string,
  name: string,
  builtIn: readonly { readonly name: string }[],
): void {
  if (!builtIn.some((kind) => kind.name === name)) return;
  const sentence = `"${name}" is the name of a built-in ${key}. Give yours another name.`;
  throw new FitfirstError('CONFIG_INVALID', `${key}.name  ${sentence}`);
}
