import type { CampaignEvent, CampaignFacts } from '../../campaign/event.js';
import { trialKey } from '../../campaign/trial.js';
import type { ProbeTrial } from '../../forecast/probe-trials.js';
import {
  chainAfter,
  chainAfterHeader,
  encodeEntry,
  encodeHeader,
  JOURNAL_FORMAT,
} from '../../journal/codec.js';
import type { JournalIdentity } from '../../journal/journal.js';

/** The bytes of a journal, and how many trials it holds. */
interface TrialsJournal {
  readonly bytes: Buffer;
  readonly count: number;
}

/**
 * Finished trials as the journal of a campaign that ran nothing else. It begins no trial once it has more than
 * `maxBytes`.
 */
export function encodeTrials(
  identity: JournalIdentity,
  facts: CampaignFacts,
  trials: readonly ProbeTrial[],
  maxBytes: number,
): TrialsJournal {
  const at = new Date().toISOString();
  const header = encodeHeader(identity);
  const lines = [header];
  let chain = chainAfterHeader(header.subarray(0, -1), { format: JOURNAL_FORMAT, ...identity });
  let [size, seq, count] = [header.length, 0, 0];
  const append = (event: CampaignEvent): void => {
    seq += 1;
    const line = encodeEntry({ seq, at, event }, chain);
    chain = chainAfter(line.subarray(0, -1), chain);
    size += line.length;
    lines.push(line);
  };
  append({ type: 'campaign-started', ...facts });
  for (const trial of trials) {
    if (size > maxBytes) break;
    for (const event of trialEvents(facts.identity, trial)) append(event);
    count += 1;
  }
  return { bytes: Buffer.concat(lines), count };
}

function* trialEvents(identity: string, trial: ProbeTrial): Generator<CampaignEvent> {
  const { spec, reports, reason, once } = trial;
  if (reason === 'failed') return;
  const of = { trial: trialKey(identity, spec), attempt: 1 };
  yield {
    type: 'batch-planned',
    stage: 'dry run',
    because: 'A dry run trained it.',
    trials: [spec],
    ahead: [],
    findings: [],
  };
  yield { type: 'trial-started', ...of };
  for (const report of reports) yield { type: 'trial-reported', ...of, report };
  yield { type: 'trial-finished', ...of, reason, evaluation: null, ...once };
}
