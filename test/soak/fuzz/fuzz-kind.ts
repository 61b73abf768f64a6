/** What became of a mutated input: the name of the outcome, and what a user reads of it. */
export interface FuzzOutcome {
  readonly name: string;
  readonly message: string | null;
}

/** A kind of mutated input. */
export interface FuzzKind {
  /** Tries the input of a seed and a number in a folder of its own. The same two numbers give the same input. */
  attempt(seed: number, number: number, folder: string): Promise<FuzzOutcome>;
}
