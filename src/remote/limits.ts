/** Bytes of a network, a checkpoint or a curve that may pass through Redis: 64 MiB. */
export const MAX_PAYLOAD_BYTES = 64 * 1024 ** 2;

/** Bytes of a job. It holds parameters and hashes only. */
export const MAX_JOB_BYTES = 1024 ** 2;

/** Bytes of a message between driver and workers. */
export const MAX_MESSAGE_BYTES = 4 * 1024 ** 2;

/** Bytes of a result that may be part of the job itself; a larger one has a key of its own. */
export const MAX_INLINE_BYTES = 8 * 1024;

/** Seconds that Redis keeps what nobody has fetched. */
export const KEEP_SECONDS = 24 * 3600;

/** Milliseconds between two signs of life of a worker. */
export const BEAT_MILLISECONDS = 1_000;

/** Milliseconds without a sign of life after which a worker counts as lost. */
export const LOST_AFTER_MILLISECONDS = 6_000;
