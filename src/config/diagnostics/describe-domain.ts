import { type Domain, domainSize, gridOf } from '../../campaign/domain.js';
import { formatList } from '../../text/list.js';

/** Up to this many values are listed in a message. */
const MAX_LISTED = 12;

/** The values of a domain, after `expected`: `"sgd" or "adam"`, or `a value from 0 to 1`. */
export function describeDomain(domain: Domain): string {
  const isShort = (domainSize(domain) ?? Number.POSITIVE_INFINITY) <= MAX_LISTED;
  const values = isShort ? gridOf(domain) : null;
  if (values !== null) {
    return formatList(
      values.map((one) => JSON.stringify(one)),
      'or',
    );
  }
  return 'min' in domain ? `a value from ${domain.min} to ${domain.max}` : 'one of its values';
}
