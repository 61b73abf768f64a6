import { Box } from 'ink';
import type { ReactNode } from 'react';
import { cutText } from '../wrapped-text.js';
import { Line, Toned } from './tone.js';
import { TrialDetails, type TrialProps, trialTitle } from './trial-details.js';

/** One trial over the whole screen. */
export function TrialPage(props: TrialProps): ReactNode {
  const { rows, width } = props;
  return (
    <>
      <Line />
      <Line>
        {' '}
        <Toned tone="strong">{cutText(trialTitle(props.trial), width - 2)}</Toned>
      </Line>
      <Line />
      <Box flexDirection="column" paddingLeft={3} height={Math.max(0, rows - 4)}>
        <TrialDetails {...props} rows={Math.max(0, rows - 4)} width={width - 4} />
      </Box>
    </>
  );
}
