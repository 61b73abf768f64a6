import { canonicalJson } from '../campaign/canonical-json.js';
import type { Parameters } from '../campaign/parameters.js';
import type { Settled, TrialSpec } from '../campaign/trial.js';
import type { Conclusion, Procedure } from '../methods/method.js';

/** A trial that a method asked for. */
interface ReplayedTrial {
  readonly stage: string;
  readonly trial: Settled;
  /** The epochs that it trains: without those of the shorter trial that it goes on from. */
  readonly epochs: number;
}

/** What a method did with a table of results. */
export interface ReplayedRun {
  /** The setting whose final network the method would train; null where it chooses none. */
  readonly chosen: Parameters | null;
  /** Its trials in the order of asking, each once. Those of the final network are not among them. */
  readonly trials: readonly ReplayedTrial[];
}

/** Where a replay finds trials. */
interface ReplaySource {
  readonly settle: (spec: TrialSpec) => Settled;
  /** A setting as text, the same for equal settings. */
  readonly textOf: (parameters: Parameters) => string;
}

/**
 * Runs a method without training: each trial that it asks for ends as the source says. The run ends where the method
 * asks for the final network.
 */
export function replay(procedure: Procedure<Conclusion>, source: ReplaySource): ReplayedRun {
  const trials: ReplayedTrial[] = [];
  const known = new Map<string, Settled>();
  /** The most epochs that a setting ran on a repeat. */
  const lengths = new Map<string, number>();
  let open: Settled[] = [];
  const run = (spec: TrialSpec, stage: string, goesOn: boolean): Settled => {
    const line = `${spec.repeat} ${spec.until?.bound ?? ''} ${source.textOf(spec.parameters)}`;
    const key = `${spec.epochs} ${spec.patience ?? ''} ${canonicalJson(spec.bounds ?? [])} ${line}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const trial = source.settle(spec);
    known.set(key, trial);
    const last = trial.reports.last()?.epoch ?? 0;
    const from = goesOn ? (lengths.get(line) ?? 0) : 0;
    lengths.set(line, Math.max(last, lengths.get(line) ?? 0));
    trials.push({ stage, trial, epochs: Math.max(0, last - from) });
    return trial;
  };
  let step = procedure.next([]);
  while (!step.done) {
    const asked = step.value;
    switch (asked.kind) {
      case 'found':
        step = procedure.next([]);
        break;
      case 'batch': {
        const final = asked.trials.find(({ finish }) => finish !== null);
        if (final !== undefined) return { chosen: final.parameters, trials };
        const goesOn = typeof asked.maxEpochs === 'number';
        step = procedure.next(asked.trials.map((spec) => run(spec, asked.stage, goesOn)));
        break;
      }
      case 'ask': {
        const goesOn = typeof asked.maxEpochs === 'number';
        open.push(...asked.trials.map((spec) => run(spec, asked.stage, goesOn)));
        step = procedure.next(open.splice(0, Math.max(0, open.length - (asked.window - 1))));
        break;
      }
      case 'collect': {
        const due = open.slice(0, Math.max(0, open.length - (asked.leaves ?? 0)));
        open = open.slice(due.length);
        step = procedure.next(due);
        break;
      }
      default:
        asked satisfies never;
    }
  }
  return { chosen: step.value.chosen?.parameters ?? null, trials };
}
