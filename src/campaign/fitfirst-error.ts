/** The stable names of errors with causes outside the program. */
export type ErrorCode =
  | 'USAGE_INVALID'
  | 'CONFIG_INVALID'
  | 'CONFIG_CHANGED'
  | 'DATA_INVALID'
  | 'DATA_CHANGED'
  | 'CAMPAIGN_LOCKED'
  | 'CAMPAIGN_MISSING'
  | 'JOURNAL_DAMAGED'
  | 'JOURNAL_VERSION'
  | 'JOURNAL_WRITE_FAILED'
  | 'RESULTS_UNWRITABLE'
  | 'EXECUTOR_BROKEN'
  | 'METHOD_DIVERGED'
  | 'TRIALS_FAILED'
  | 'NETWORK_TOO_LARGE'
  | 'OUT_OF_MEMORY'
  | 'INTERRUPTED';

/**
 * An expected failure. The message is complete for a user: where, what was found, what was expected, and what to do.
 * It may have several lines, one for each diagnostic.
 */
export class FitfirstError extends Error {
  override readonly name = 'FitfirstError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
