import type { Campaign } from '../campaign/campaign.js';
import { canonicalJson } from '../campaign/canonical-json.js';
import type { CampaignEvent, CampaignFacts } from '../campaign/event.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { differences } from '../config/identity/differences.js';
import { changesOfPlan, isSamePlan } from '../config/identity/plan-differences.js';
import { codeApart, codeChanges } from '../config/identity/trainer-code-diff.js';

/**
 * How a campaign that has begun goes on under these facts, in events: as it was, or extended, and with what had failed
 * retried where its program was edited, where that is asked for, or where nothing else came of the campaign; none
 * where it is concluded. Throws CONFIG_CHANGED and DATA_CHANGED where it may not.
 */
export function resumePlan(
  folder: string,
  campaign: Campaign,
  before: CampaignFacts,
  facts: CampaignFacts,
  extend: boolean,
): readonly CampaignEvent[] {
  if (isExtended(folder, campaign, before, facts, extend)) {
    const reopened = isSameCode(before, facts) ? [] : reopenedFailures(campaign);
    return [{ type: 'campaign-extended', ...facts }, ...reopened];
  }
  if (campaign.conclusion === null) return [{ type: 'campaign-resumed' }];
  // What was wrong may have been mended outside of all that is looked at: an environment, a library, a disk.
  const failures = extend || !hasResults(campaign) ? reopenedFailures(campaign) : [];
  return failures.length === 0 ? [] : [{ type: 'campaign-extended', ...facts }, ...failures];
}

/** What to do if the results of another campaign are in the way. */
function otherwise(what: string): string {
  return (
    'To start over, add --fresh (the old results are moved aside). Otherwise restore the ' +
    `${what}, or choose another folder with --out.`
  );
}

/** Says what has changed: the config, the files of the trainer, or both. */
function changed(
  folder: string,
  before: CampaignFacts,
  now: CampaignFacts,
  isSameTraining: boolean,
  extend: boolean,
): FitfirstError {
  const [then, today] = [codeApart(before.config), codeApart(now.config)];
  const ofConfig = [...differences(then.config, today.config), ...changesOfPlan(before, now)];
  const ofCode = codeChanges(then.code, today.code);
  const kept = !isSameTraining
    ? '--extend cannot keep the finished trials: data, split, preparation, metric, seed, the trainer or the names ' +
      'of the parameters have changed, and every trial depends on them.'
    : ofCode.length === 0
      ? 'To keep every finished trial and search on, add --extend.'
      : 'If the edit does not change results, add --extend: finished trials are kept, and failed trials are ' +
        'retried. (If the config sets trainer.version, it counts instead of the contents of the files.)';
  const what = ofConfig.length === 0 ? 'program' : 'config';
  const lines = [
    `${folder} has a campaign with another ${what}:`,
    ...[...ofConfig, ...ofCode].map((change) => `  ${change}`),
    ...(isSameTraining || extend ? [kept] : []),
    otherwise(what),
  ];
  return new FitfirstError('CONFIG_CHANGED', lines.join('\n'));
}

function isSameCode(before: CampaignFacts, now: CampaignFacts): boolean {
  return codeChanges(codeApart(before.config).code, codeApart(now.config).code).length === 0;
}

function hasResults(campaign: Campaign): boolean {
  return campaign.trials.some(({ state }) => state === 'finished' || state === 'diverged');
}

/** An edit of a program usually fixes what made its trials fail. */
function reopenedFailures(campaign: Campaign): CampaignEvent[] {
  const failed = [...campaign.trials.values()].filter(({ state }) => state === 'failed');
  return failed.map(({ key }) => ({ type: 'trial-reopened', trial: key }));
}

/**
 * Whether the search, or the program, is another one that may go on; false where nothing has changed. A program that
 * was edited before any trial had a result may always. Throws where it may not.
 */
function isExtended(
  folder: string,
  campaign: Campaign,
  before: CampaignFacts,
  now: CampaignFacts,
  extend: boolean,
): boolean {
  const samePlan = isSamePlan(before, now);
  const isChanged = !samePlan || canonicalJson(before.config) !== canonicalJson(now.config);
  const isSameTraining = before.identity === now.identity && before.data?.hash === now.data?.hash;
  const isOnlyCode =
    samePlan &&
    canonicalJson(codeApart(before.config).config) === canonicalJson(codeApart(now.config).config);
  if (isChanged && isSameTraining && (extend || (isOnlyCode && !hasResults(campaign)))) return true;
  if (isChanged) throw changed(folder, before, now, isSameTraining, extend);
  if (before.data?.hash !== now.data?.hash) {
    const rows = `${before.data?.rows ?? 0} rows then, ${now.data?.rows ?? 0} now`;
    throw new FitfirstError(
      'DATA_CHANGED',
      `${folder} has a campaign on other data (${rows}). ${otherwise('data')}`,
    );
  }
  if (before.identity !== now.identity) {
    throw new FitfirstError(
      'CONFIG_CHANGED',
      `${folder} was begun by a version of fitfirst whose trainer gives other results. Go on ` +
        'with that version, or start over with --fresh.',
    );
  }
  return false;
}
