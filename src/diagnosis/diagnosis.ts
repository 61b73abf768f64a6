/** What a diagnosis can be about, for programs. The sentences are for people. */
export type DiagnosisCode =
  | 'loss-still-falling'
  | 'loss-flat'
  | 'most-trials-diverge'
  | 'target-above-ceiling'
  | 'units-dead'
  | 'units-saturated'
  | 'inputs-unscaled'
  | 'first-loss-off'
  | 'dropout-has-no-room'
  | 'dropout-leaves-too-few-units'
  | 'dropout-keeps-learning-rate'
  | 'dropout-still-learns'
  | 'value-at-edge'
  | 'input-dropout-chosen'
  | 'smaller-not-worse'
  | 'best-of-many'
  | 'size-just-fits'
  | 'units-alike';

/** Something that the trials of a campaign show, with what to do about it. */
export interface Diagnosis {
  readonly code: DiagnosisCode;
  /** The evidence. */
  readonly numbers: Readonly<Record<string, number | string>>;
  /** What the trials show, as a sentence. */
  readonly because: string;
  /** What to try, as a sentence; null where there is nothing to do. */
  readonly suggestion: string | null;
}
