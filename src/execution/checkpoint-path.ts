import { join } from 'node:path';
import { type TrialSpec, trialKey } from '../campaign/trial.js';

/** Where the checkpoints of trials are, in a results folder. */
export const checkpointsFolder = (folder: string): string => join(folder, 'checkpoints');

/** The part of a checkpoint's name that trials share if they differ in epochs alone. No trial has 0 epochs. */
export function checkpointLine(identity: string, spec: TrialSpec): string {
  return trialKey(identity, { ...spec, epochs: 0 });
}

/** The name of a trial's checkpoint, without ending: `3f2a91c04b7d3f2a91c04b7d3f2a91c0-200`. */
export function checkpointName(identity: string, spec: TrialSpec): string {
  return `${checkpointLine(identity, spec)}-${spec.epochs}`;
}
