import type { Json } from '../campaign/canonical-json.js';

/** True where both types are identical: neither has a member, an option or a case that the other lacks. */
type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * A type with everything read-only, as events are; what a schema gives is not. `Json` contains itself and stays as it
 * is.
 */
type ReadOnly<T> = Identical<T, Json> extends true ? T : ReadOnlyCase<T>;

type ReadOnlyCase<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [Key in keyof T]: ReadOnly<T[Key]> };

/** `unknown` where both types are the same apart from what is read-only; else a message that no value satisfies. */
export type SameType<A, B> =
  Identical<ReadOnly<A>, ReadOnly<B>> extends true ? unknown : 'the two types differ';
