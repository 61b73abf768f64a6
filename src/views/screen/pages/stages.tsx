import type { ReactNode } from 'react';
import type { TrialKey } from '../../../campaign/trial.js';
import type { LogTail } from '../../log-tail.js';
import type { Snapshot } from '../../model/campaign-source.js';
import type { ChronicleLine } from '../../model/history.js';
import type { RunningTrial } from '../widgets/running-trials.js';
import { sentenceOf, type WrappedSentence } from '../widgets/sentence.js';
import { StagesNarrow } from './stages-narrow.js';
import { StagesWide, WIDE_FROM } from './stages-wide.js';

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
const WIDE_ROWS = 18;

/** Between the steps and the footer: the charts of the stages, what runs, what happened, and why. */
export function Stages(
  props: Omit<StagesProps, 'sentence'> & { readonly logTail: (trial: TrialKey) => LogTail | null },
): ReactNode {
  const { logTail, ...rest } = props;
  const shared = {
    ...rest,
    sentence: sentenceOf(props.snapshot, props.width),
  };
  return props.width >= WIDE_FROM && props.rows >= WIDE_ROWS ? (
    <StagesWide {...shared} logTail={logTail} />
  ) : (
    <StagesNarrow {...shared} />
  );
}
