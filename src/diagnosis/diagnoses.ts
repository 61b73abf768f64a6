import type { Campaign } from '../campaign/campaign.js';
import type { Diagnosis } from './diagnosis.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { diagnoseBestOfMany } from './kinds/best-of-many.js';
import { diagnoseDropoutEpochs } from './kinds/dropout-epochs.js';
import { diagnoseDropoutRate } from './kinds/dropout-rate.js';
import { diagnoseDropoutRoom } from './kinds/dropout-room.js';
import { diagnoseDropoutUnits } from './kinds/dropout-units.js';
import { diagnoseEdge } from './kinds/edge.js';
import { diagnoseFirstLoss } from './kinds/first-loss.js';
import { diagnoseInputDropout } from './kinds/input-dropout.js';
import { diagnoseInputs } from './kinds/inputs.js';
import { diagnoseJustFits } from './kinds/just-fits.js';
import { diagnoseNoFit } from './kinds/no-fit.js';
import { diagnoseSmaller } from './kinds/smaller.js';
import { diagnoseUnits } from './kinds/units.js';
import { diagnoseUnitsAlike } from './kinds/units-alike.js';

/** Every kind of diagnosis, in the order in which people read them. A further one is a file in `kinds/` and a line. */
const KINDS: readonly ((evidence: Evidence) => readonly Diagnosis[])[] = [
  diagnoseNoFit,
  diagnoseUnits,
  diagnoseInputs,
  diagnoseFirstLoss,
  diagnoseDropoutRoom,
  diagnoseDropoutUnits,
  diagnoseDropoutRate,
  diagnoseDropoutEpochs,
  diagnoseEdge,
  diagnoseInputDropout,
  diagnoseSmaller,
  diagnoseBestOfMany,
  diagnoseJustFits,
  diagnoseUnitsAlike,
];

/** Advice on dropout that nobody needs if dropout has no room to help. */
const ON_DROPOUT: ReadonlySet<string> = new Set([
  'dropout-leaves-too-few-units',
  'dropout-keeps-learning-rate',
  'dropout-still-learns',
]);

const known = new WeakMap<Campaign, readonly Diagnosis[]>();

/**
 * What the trials of a concluded campaign show about its result, each with its evidence; empty before the conclusion.
 * It is computed from the campaign alone, so it is there for campaigns of older versions too.
 */
export function diagnosesOf(campaign: Campaign): readonly Diagnosis[] {
  const cached = known.get(campaign);
  if (cached !== undefined) return cached;
  const evidence = campaign.conclusion === null ? null : evidenceOf(campaign);
  const found = evidence === null ? [] : KINDS.flatMap((diagnose) => diagnose(evidence));
  const hasRoom = found.every(({ code }) => code !== 'dropout-has-no-room');
  const diagnoses = hasRoom ? found : found.filter(({ code }) => !ON_DROPOUT.has(code));
  known.set(campaign, diagnoses);
  return diagnoses;
}

/** A diagnosis as text for people: what the trials show, and what to try. */
export function formatDiagnosis({ because, suggestion }: Diagnosis): string {
  return suggestion === null ? because : `${because} ${suggestion}`;
}
