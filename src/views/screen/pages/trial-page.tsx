import { Box } from 'ink';
import type { ReactNode } from 'react';
import { cutText } from '../../text/wrapped-text.js';
import { Line, StyledText } from '../widgets/text-style.js';
import { TrialDetails, type TrialProps, trialTitle } from '../widgets/trial-details.js';

/** One trial over the whole screen. */
export function TrialPage(props: TrialProps): ReactNode {
  const { rows, width } = props;
  return (
    <>
      <Line />
      <Line>
        {' '}
        <StyledText tone="strong">{cutText(trialTitle(props.trial), width - 2)}</StyledText>
      </Line>
      <Line />
      <Box flexDirection="column" paddingLeft={3} height={Math.max(0, rows - 4)}>
        <TrialDetails {...props} rows={Math.max(0, rows - 4)} width={width - 4} />
      </Box>
    </>
  );
}
