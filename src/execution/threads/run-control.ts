/**
 * The word of shared memory through which a run is steered: one bit says that its thread has begun, another
 * that it is to end. Both sides set their bit and read the other's in one step, so that a run which is
 * stopped before it begins never begins, and the stop is seen without any message being delivered.
 */
export type RunControl = Int32Array<SharedArrayBuffer>;

const BEGUN = 1;
const STOP = 2;

export function createRunControl(): RunControl {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Said by the thread before anything else; false where the run was stopped before. */
export function begin(control: RunControl): boolean {
  return (Atomics.or(control, 0, BEGUN) & STOP) === 0;
}

/** Asks for the end; false where the run has not begun, and then it never will. */
export function requestStop(control: RunControl): boolean {
  return (Atomics.or(control, 0, STOP) & BEGUN) !== 0;
}

export function hasBegun(control: RunControl): boolean {
  return (Atomics.load(control, 0) & BEGUN) !== 0;
}

export function stopRequested(control: RunControl): boolean {
  return (Atomics.load(control, 0) & STOP) !== 0;
}
