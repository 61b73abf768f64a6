import type { ReactNode } from 'react';
import type { TrialKey } from '../../../campaign/trial.js';
import type { LogTail } from '../../log-tail.js';
import { sentenceOf } from '../widgets/sentence.js';
import { StagesNarrow } from './stages-narrow.js';
import type { StagesProps } from './stages-props.js';
import { StagesWide, WIDE_FROM } from './stages-wide.js';

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
