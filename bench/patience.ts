/**
 * What `stop_early: {patience: ...}` saves, and what it costs, by replaying complete learning curves:
 * `npm run bench:patience -- results/titanic results/mpg`. The folders are those of campaigns of `fit_first` that ran
 * without patience. The trials of the race are cut where patience would have ended them. Prints for each share of the
 * epochs the epochs that are left, weighted by the size of the first hidden layer, and how much worse the setting is
 * that the means over all repeats then choose, by complete curves.
 */
import { basename } from 'node:path';
import { readCampaign } from '../src/app/read-campaign.js';
import { Patience } from '../src/campaign/early-end/patience.js';
import type { CampaignFacts } from '../src/campaign/event.js';
import { metricIn } from '../src/campaign/report.js';
import { mean } from '../src/campaign/statistics.js';
import type { Trial } from '../src/campaign/trial.js';
import { stageSettings, trialsOf } from '../src/views/model/settings.js';

const SHARES = [0.1, 0.2, 0.33];

/** A setting of the race that ran on all of its repeats. */
interface Raced {
  readonly trials: readonly Trial[];
}

/** The best value of a trial up to an epoch. */
function bestUpTo(trial: Trial, epoch: number, { metric }: CampaignFacts): number {
  const values = trial.reports
    .toArray()
    .flatMap((report) => (report.epoch <= epoch ? (metricIn(report.metrics, metric.name) ?? []) : []));
  return metric.goal === 'minimize' ? Math.min(...values) : Math.max(...values);
}

function endWith(trial: Trial, share: number, { metric }: CampaignFacts): number {
  const patience = new Patience(Math.ceil(share * trial.spec.epochs), metric);
  const end = trial.reports.toArray().find((report) => patience.isOver(report));
  return end?.epoch ?? trial.spec.epochs;
}

const widthOf = ({ spec }: Trial): number => [spec.parameters.hidden ?? 1].flat().map(Number)[0] ?? 1;

function winner(settings: readonly Raced[], endOf: (trial: Trial) => number, facts: CampaignFacts): Raced {
  const scored = settings.map((setting) => ({
    setting,
    value: mean(setting.trials.map((trial) => bestUpTo(trial, endOf(trial), facts))),
  }));
  const sign = facts.metric.goal === 'minimize' ? 1 : -1;
  const [best] = scored.sort((a, b) => sign * (a.value - b.value));
  if (best === undefined) throw new Error('no setting has run on all repeats of the race');
  return best.setting;
}

console.log(`| campaign | epochs | ${SHARES.map((share) => `${share}: epochs left | worse`).join(' | ')} |`);
console.log(`| --- | --- |${' --- | --- |'.repeat(SHARES.length)}`);
for (const folder of process.argv.slice(2)) {
  const { campaign } = await readCampaign(folder);
  const { facts } = campaign;
  if (facts === null) throw new Error(`${folder}: the campaign has not begun`);
  const races = new Set(facts.plan.stages.filter(({ role }) => role === 'race').map(({ name }) => name));
  const all = stageSettings(campaign)
    .filter(({ stage }) => races.has(stage))
    .map((setting) => ({ trials: trialsOf(campaign, setting).filter(({ state }) => state === 'finished') }));
  const most = Math.max(...all.map(({ trials }) => trials.length));
  const raced = all.filter(({ trials }) => trials.length === most);
  const whole = ({ spec }: Trial): number => spec.epochs;
  const score = ({ trials }: Raced): number =>
    mean(trials.map((trial) => bestUpTo(trial, whole(trial), facts)));
  const best = score(winner(raced, whole, facts));
  const every = all.flatMap(({ trials }) => trials);
  const costOf = (endOf: (trial: Trial) => number): number =>
    every.reduce((sum, trial) => sum + widthOf(trial) * endOf(trial), 0);
  const cells = SHARES.map((share) => {
    const endOf = (trial: Trial): number => endWith(trial, share, facts);
    const left = costOf(endOf) / costOf(whole);
    const worse = Math.abs(score(winner(raced, endOf, facts)) / best - 1);
    return `${(100 * left).toFixed(0)} % | ${worse === 0 ? '0' : `${(100 * worse).toFixed(2)} %`}`;
  });
  const epochs = Math.max(...every.map(whole));
  console.log(`| ${basename(folder)} | ${epochs} | ${cells.join(' | ')} |`);
}
