import type { Outcome } from '../../campaign/outcome.js';
import type { Executor } from '../../execution/executor.js';

/** An executor that the contract tries: it runs the scripted trainer, see `scriptedProgram`. */
export interface ExecutorSubject {
  /** Makes an executor; the contract disposes of it. */
  readonly create: (slots: number) => Promise<Executor>;
  /** The seed that a trainer gets on a repeat; left out, any seed will do. */
  readonly seedOn?: (repeat: number) => number;
  /** Checks the outcome of a trainer that throws `the loss went away`; left out, the message has to say so. */
  readonly checkThrown?: (outcome: Outcome) => void;
  /** The message of a trial that ends without a report; left out, any message will do. */
  readonly withoutReport?: string;
  /** Whether trials go on from checkpoints; left out, a longer trial may train from the start. */
  readonly keepsCheckpoints?: boolean;
}
