import type { ReactNode } from 'react';
import type { TrialKey } from '../../campaign/trial.js';
import type { Snapshot } from '../campaign-source.js';
import type { ChronicleLine } from '../chronicle.js';
import type { LogTail } from '../log-tail.js';
import type { RunningTrial } from './running-trials.js';
import { sentenceOf, type WrappedSentence } from './sentence.js';
import { StagesNarrow } from './stages-narrow.js';
import { StagesWide, wideFrom } from './stages-wide.js';

/** What the stages are drawn from, in one column or two. */
export interface StagesProps {
  readonly snapshot: Snapshot;
  readonly history: readonly ChronicleLine[];
  readonly running: readonly RunningTrial[];
  readonly selected: TrialKey | null;
  /** Trials that may run at once; rows are kept for those about to start, so that the screen does not jump. */
  readonly soon: number;
  readonly rows: number;
  readonly width: number;
  readonly sentence: WrappedSentence;
}

/** Rows below which panels, which stand side by side, hold too little. */
const wideRows = 18;

/** Between the steps and the footer: the charts of the stages, what runs, what happened, and why. */
export function Stages(
  props: Omit<StagesProps, 'sentence'> & { readonly logTail: (trial: TrialKey) => LogTail | null },
): ReactNode {
  const { logTail, ...rest } = props;
  const shared = {
    ...rest,
    sentence: sentenceOf(props.snapshot, props.width),
  };
  return props.width >= wideFrom && props.rows >= wideRows ? (
    <StagesWide {...shared} logTail={logTail} />
  ) : (
    <StagesNarrow {...shared} />
  );
}
