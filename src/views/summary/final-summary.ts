import type { Campaign } from '../../campaign/campaign.js';
import { formatName } from '../../campaign/format-setting.js';
import type { Estimate } from '../../campaign/outcome.js';
import type { Trial } from '../../campaign/trial.js';
import { diagnosesOf, formatDiagnosis } from '../../diagnosis/diagnoses.js';
import { formatClock } from '../../text/duration.js';
import { formatCount, formatNumber } from '../../text/number.js';
import { escapeControls } from '../../text/quote.js';
import { settledTrials } from '../model/asked-trials.js';
import { epochsTrained } from '../model/epochs/epochs-run.js';
import { formatEpochsSaved } from '../text/format-epochs-saved.js';
import { formatWithoutResult } from '../text/format-without-result.js';
import { textWidth } from '../text/text-width.js';
import { fitText, wrapText } from '../text/wrapped-text.js';
import { lastFinding, warnings } from './decisions.js';
import { epochsSaved } from './epochs-saved.js';
import { committeeOf, finalOf, finalTrials } from './final-trials.js';

/** What the text depends on besides the campaign. */
interface FinalSummaryOptions {
  /** Columns that a line may have. */
  readonly width: number;
  /** Where the results are, as the user would write it. */
  readonly folder: string;
  /** Seconds that the campaign ran. */
  readonly seconds: number;
  /** Names of the files worth a look; by default those that every campaign has. */
  readonly files?: readonly string[];
}

/**
 * What a campaign came to, in sentences that fit a chat message: the fitted size, what growing on found, the choice,
 * the gain, the test score, ties, warnings, and where the files are. Lines end with `\n`.
 */
export function finalSummary(campaign: Campaign, options: FinalSummaryOptions): string {
  using _ = campaign.trials.keepRead();
  const title = `${escapeControls(campaign.facts?.name ?? '')} · ${formatName(campaign.facts?.method ?? '')}`;
  const items = [
    ...results(campaign),
    ...withoutResult(campaign),
    ...warned(campaign),
    ...diagnosesOf(campaign).map((one): Item => ['Diagnosis', formatDiagnosis(one)]),
    ...whatRan(campaign, options),
  ];
  const column = Math.max(...items.map(([label]) => textWidth(label)));
  const width = Math.max(20, options.width);
  const lines = items.flatMap(([label, text]) =>
    wrapText(escapeControls(text), width - column - 4).map(
      (line, i) => `  ${fitText(i === 0 ? label : '', column)}  ${line}`,
    ),
  );
  return [...wrapText(title, width), ...lines].map((line) => `${line.trimEnd()}\n`).join('');
}

const everyFile = ['summary.json', 'trials.csv', 'epochs.csv', 'timings.csv'];

type Item = readonly [label: string, text: string];

function results(campaign: Campaign): Item[] {
  const items: Item[] = [];
  const say = (label: string, text: string | undefined): void => {
    if (text !== undefined) items.push([label, text]);
  };
  // The second ending is a limit that growing on met.
  const [ended, ...limits] = campaign.findings
    .toArray()
    .flatMap((found) => (found.kind === 'growth-ended' ? found.because : []));
  say('Growth', ended);
  say('Fit', lastFinding(campaign, 'fitted')?.because);
  for (const limit of limits) say('Growing on', limit);
  say('Growing on', lastFinding(campaign, 'grown')?.because);
  say('Front', lastFinding(campaign, 'front')?.because);
  say('Chosen', lastFinding(campaign, 'chosen')?.because);
  say('Strict', strictSentence(campaign));
  say('Ties', lastFinding(campaign, 'ties')?.because);
  say('Gain', lastFinding(campaign, 'gain')?.because);
  const { chosen, baseline, single } = finalTrials(campaign);
  const metric = campaign.facts?.metric.name ?? '';
  say('Test', testSentence(chosen, baseline === chosen ? null : baseline, metric));
  say('At the end', finalSentence(chosen));
  say('Committee', committeeSentence(chosen, single, metric));
  if (items.length === 0) say('Result', campaign.conclusion?.because ?? 'There is no result yet.');
  return items;
}

/** What the advice to the letter would have chosen; nothing in a campaign that keeps to it. */
function strictSentence(campaign: Campaign): string | undefined {
  if (campaign.facts?.plan.options.grow_on === null) return undefined;
  return lastFinding(campaign, 'strict')?.because;
}

function withoutResult(campaign: Campaign): Item[] {
  const text = formatWithoutResult(campaign);
  return text === null ? [] : [['No result', text]];
}

function testSentence(chosen: Trial | null, baseline: Trial | null, metric: string): string | undefined {
  const own = testScores(chosen, metric);
  if (own === null) return undefined;
  const other = testScores(baseline, metric);
  return `${own}.${other === null ? '' : ` Without dropout: ${other}.`}`;
}

/** What the chosen trial reported once, for the whole trial. */
function finalSentence(chosen: Trial | null): string | undefined {
  const final = finalOf(chosen);
  if (final === null) return undefined;
  const names = Object.keys(final).sort();
  return `${names.map((name) => `${name} ${formatNumber(final[name] ?? Number.NaN)}`).join(', ')}.`;
}

/** How a committee compares with a single network on the test part. */
function committeeSentence(chosen: Trial | null, single: Trial | null, metric: string): string | undefined {
  const committee = committeeOf(chosen);
  if (committee === null) return undefined;
  const { networks, gain } = committee;
  const what = `The final network is the mean of ${formatCount(networks, 'network')}`;
  const alone = testScores(single, metric);
  if (gain === null || alone === null) return `${what}.`;
  const gains = Object.entries(gain)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, estimate]) => `${name} ${estimateText(estimate)}`)
    .join(', ');
  return `${what}. The first of them alone: ${alone}. Gain on the same test rows, positive is better: ${gains}.`;
}

/** Scores that a sentence has room for only where the campaign goes by them; summary.json has them all. */
const lesserScores = new Set(['balanced_accuracy', 'f1', 'roc_auc', 'brier', 'mae']);

function testScores(trial: Trial | null, metric: string): string | null {
  const test = trial?.state === 'finished' ? (trial.evaluation?.test ?? null) : null;
  if (test === null || Object.keys(test).length === 0) return null;
  return Object.entries(test)
    .filter(([name]) => !lesserScores.has(name) || metric.endsWith(`_${name}`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, estimate]) => `${name} ${estimateText(estimate)}`)
    .join(', ');
}

function estimateText({ value, low, high }: Estimate): string {
  const interval = low === null || high === null ? '' : ` (${formatNumber(low)} to ${formatNumber(high)})`;
  return formatNumber(value) + interval;
}

/** A warning that says what a result already said is not said twice. */
function warned(campaign: Campaign): Item[] {
  const said = new Set(results(campaign).map(([, text]) => text));
  return warnings(campaign)
    .map(({ because }) => because)
    .filter((because) => !said.has(because) && said.add(because))
    .map((because) => ['Warning', because]);
}

function whatRan(campaign: Campaign, { folder, seconds, files = everyFile }: FinalSummaryOptions): Item[] {
  const settled = [...settledTrials(campaign)];
  const epochs = epochsTrained(campaign);
  const of = settled.length < campaign.asked.size ? `${settled.length} of ` : '';
  const trials = of + formatCount(campaign.asked.size, 'trial');
  const saved = epochsSaved(campaign);
  return [
    ['Trials', `${trials}, ${formatCount(epochs, 'epoch')}, ${formatClock(seconds)}`],
    ...(saved === null ? [] : [['Ended early', formatEpochsSaved(saved, epochs)] as const]),
    ['Files', `${folder}: ${files.join(', ')}`],
  ];
}
