/**
 * A word of shared memory that controls a run. One bit says that its thread has begun, another that it must stop.
 * Each side sets its bit and reads the other one in one step. So a run that is stopped before it begins never begins,
 * and the thread sees the stop without receiving a message.
 */
export type RunControl = Int32Array<SharedArrayBuffer>;

const BEGUN = 1;
const STOP = 2;

export function createRunControl(): RunControl {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Called by the thread before anything else; false if the run was stopped before. */
export function begin(control: RunControl): boolean {
  return (Atomics.or(control, 0, BEGUN) & STOP) === 0;
}

/** Asks the run to stop; false if it has not begun, in which case it never will. */
export function requestStop(control: RunControl): boolean {
  return (Atomics.or(control, 0, STOP) & BEGUN) !== 0;
}

export function hasBegun(control: RunControl): boolean {
  return (Atomics.load(control, 0) & BEGUN) !== 0;
}

export function stopRequested(control: RunControl): boolean {
  return (Atomics.load(control, 0) & STOP) !== 0;
}
