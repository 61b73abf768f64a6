import type { Finding } from '../../../campaign/finding.js';
import { formatValue } from '../../../campaign/format-setting.js';
import type { ParameterValue } from '../../../campaign/parameters.js';

/** The warning that the best size is the last of the range. */
export function edgeOfRange(size: ParameterValue, because: string): Finding {
  return { kind: 'warning', code: 'at-edge-of-range', numbers: { size: formatValue(size) }, because };
}
