import { stripVTControlCharacters } from 'node:util';
import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Campaign } from '../../../campaign/campaign.js';
import { formatName, formatSetting, formatValue } from '../../../campaign/format-setting.js';
import { metricIn, type Report } from '../../../campaign/report.js';
import type { Trial } from '../../../campaign/trial.js';
import { bestReport, lastReport } from '../../../campaign/trial-score.js';
import { formatClock } from '../../../text/duration.js';
import { formatColumnNumber } from '../../../text/number.js';
import { escapeControls } from '../../../text/quote.js';
import type { LogTail } from '../../log-tail.js';
import type { AttemptOfTrial } from '../../model/attempts/attempts-of.js';
import { epochsBefore } from '../../model/epochs/epochs-before.js';
import { variedInStage } from '../../model/varied-parameters.js';
import { firstLine } from '../../text/format-trial.js';
import { textWidth } from '../../text/text-width.js';
import { trialEnding } from '../../text/trial-ending.js';
import { cutText, fitText, wrapList, wrapText } from '../../text/wrapped-text.js';
import { curveChart } from './curve-chart.js';
import { atPlaces, Line, StyledText } from './line.js';
import type { TextStyle } from './text-style.js';

type DetailLine = readonly [TextStyle, string];

/**
 * Which trial it is, how it stands with it, and on which other machine it runs: the title of its details. What is said
 * elsewhere on the screen is left out first where the title would not fit into `room` columns.
 */
export function trialTitle(
  campaign: Campaign,
  trial: Trial,
  host: string | null,
  room = Number.POSITIVE_INFINITY,
): string {
  const { number, stage, spec, attempts, state } = trial;
  const before = epochsBefore(campaign, trial);
  const epochs = `${spec.epochs} epochs${before === null ? '' : `, goes on from epoch ${before}`}`;
  const name = number === null ? 'A trial ahead' : `#${number}`;
  const where = host === null ? '' : ` on ${escapeControls(host)}`;
  const parts = [
    { text: `${name}${where}`, rank: 0 },
    { text: formatName(stage), rank: 3 },
    { text: `repeat ${spec.repeat}`, rank: 2 },
    { text: epochs, rank: 4 },
    ...(attempts > 1 ? [{ text: `attempt ${attempts}`, rank: 1 }] : []),
    { text: state, rank: 5 },
  ];
  const titles = [5, 4, 3, 2, 1, 0].map((max) =>
    parts.flatMap(({ text, rank }) => (rank <= max ? [text] : [])).join(' · '),
  );
  return titles.find((title) => textWidth(title) <= room) ?? titles.at(-1) ?? '';
}

/** A trial in a question about it: `#23 (dropout 0.2, repeat 1)`. */
export function trialName(campaign: Campaign, { number, stage, spec }: Trial): string {
  const setting = formatSetting(spec.parameters, variedInStage(campaign, stage));
  const which = [setting, `repeat ${spec.repeat}`].filter((part) => part !== '').join(', ');
  return `${number === null ? 'the trial ahead' : `#${number}`} (${which})`;
}

/**
 * Rows that the details can use: with fewer, the curve is lower, and less of the log is seen. They do not depend on how
 * far the trial is.
 */
export function detailRows(campaign: Campaign, trial: Trial, log: LogTail | null, width: number): number {
  const metrics = metricNames(campaign, trial).length;
  const logged = log === null ? 0 : 1 + logTitle(log, width).length + LOG_ROWS;
  const curve = 2 + curveRows.wanted;
  return Object.keys(trial.spec.parameters).length + 2 + metrics + curve + logged;
}

/** Rows that are kept for a log, so that the curve above keeps its size while the log grows. */
const LOG_ROWS = 10;

/** Rows of a curve. */
const curveRows = { min: 2, wanted: 8, max: 16 };

/** A trial, and the room for it. */
export interface TrialProps {
  readonly campaign: Campaign;
  readonly trial: Trial;
  /** The other machine that runs it; null if there is none. */
  readonly host: string | null;
  readonly attempts: readonly AttemptOfTrial[];
  /** The end of what the trial printed; null where it keeps no log. */
  readonly log: LogTail | null;
  readonly rows: number;
  readonly width: number;
}

type DetailProps = Omit<TrialProps, 'host' | 'attempts'> & Partial<Pick<TrialProps, 'attempts'>>;

/** One trial in full: its parameters, its metrics, its curves, and the end of its log. */
export function TrialDetails(props: DetailProps): ReactNode {
  const { rows, width } = props;
  const shown = detailLines(props).slice(0, Math.max(0, rows));
  return atPlaces(shown).map(({ place, item: [textStyle, text] }) => (
    <Line key={place}>
      <StyledText textStyle={textStyle}>{cutText(text, width)}</StyledText>
    </Line>
  ));
}

/**
 * Why a trial failed comes first, and its log has its share before the curve becomes tall: they are what a person looks
 * for when something is wrong.
 */
function detailLines(props: DetailProps): DetailLine[] {
  const { campaign, trial, log, rows, width } = props;
  const names = nameWidth(campaign, trial, width);
  const ending = endingLines(props);
  const metrics = [...metricLines(campaign, trial, names, width), ...attemptLines(props)];
  const table = parameterTable(trial, names);
  const roomy = ending.length + table.length + metrics.length + 5 <= rows;
  const lines = [
    ...ending,
    ...(roomy ? table : parameterText(trial, width)),
    ...(roomy ? [empty] : []),
    ...metrics,
  ];
  const left = rows - lines.length;
  const logged = log?.lines ?? [];
  const title = log === null || logged.length === 0 ? [] : logTitle(log, width);
  const beside = 1 + title.length;
  // Of a trial that failed, the end of its log says more than its curve.
  const max = trial.state === 'failed' ? left : Math.max(beside + 3, Math.floor(left / 2));
  const reserved = log !== null && left >= LOG_ROWS + beside + curveRows.wanted + 2 ? LOG_ROWS : 0;
  const wanted = Math.max(logged.length, reserved);
  const forLog = wanted === 0 ? 0 : Math.min(wanted + beside, max);
  lines.push(...curveLines(campaign, trial, left - forLog, width));
  const logRows = Math.min(logged.length, rows - lines.length - beside);
  if (logRows > 0) {
    lines.push(empty, ...title.map((line): DetailLine => ['quiet', line]));
    lines.push(...logged.slice(-logRows).map((line): DetailLine => ['plain', logText(line)]));
  }
  return lines;
}

/** Why it ended. What follows the first line is the end of the log, or without a log, where it happened. */
function endingLines({ campaign, trial, log, rows, width }: DetailProps): DetailLine[] {
  if (trial.state === 'finished' && trial.reason === 'complete') return [];
  const ending =
    trial.state === 'failed'
      ? `${trial.code}. ${trial.message}`
      : campaign.facts && trialEnding(trial, campaign.facts.metric);
  const [first = '', ...rest] = (ending ?? '').split('\n');
  if (first === '') return [];
  const why = wrapText(escapeControls(first), width).slice(0, Math.max(1, Math.floor(rows / 2)));
  const where = log === null ? rest.slice(0, Math.floor(rows / 3)) : [];
  return [
    ...why.map((line): DetailLine => [endingStyle(trial), line]),
    ...where.map((line): DetailLine => ['plain', logText(line)]),
    empty,
  ];
}

function endingStyle({ state }: Trial): TextStyle {
  if (state === 'finished') return 'quiet';
  return state === 'stopped' ? 'warning' : 'bad';
}

/** How long each attempt took and how it ended. */
function attemptLines({ trial, attempts = [], width }: DetailProps): DetailLine[] {
  if (attempts.length < 2 && (attempts[0]?.ended ?? null) === null) return [];
  const lines = attempts.slice(-MAX_ATTEMPTS).map(({ attempt, started, ended, how, message }): DetailLine => {
    const end =
      ended === null ? 'running' : `${attemptEnd(how)} after ${formatClock((ended - started) / 1000)}`;
    // Why the last one failed stands at the top.
    const isSaid = trial.state === 'failed' && message === trial.message;
    const why = message === null || isSaid ? '' : `: ${firstLine(message)}`;
    const isBad = how === 'failed' || how === 'lost' || how === 'diverged';
    return [isBad ? 'bad' : 'plain', cutText(`attempt ${attempt}  ${end}${why}`, width)];
  });
  return [empty, ...lines];
}

/** A trial that is tried for hours has had many attempts; the last ones say most. */
const MAX_ATTEMPTS = 4;

function attemptEnd(how: AttemptOfTrial['how']): string {
  return how === 'failed' || how === 'lost' || how === 'diverged' || how === 'stopped' ? how : 'finished';
}

/** Says where the whole log is. */
function logTitle({ path }: LogTail, width: number): string[] {
  return wrapText(`the end of ${escapeControls(path)}`, width);
}

/**
 * The curve that decides: of the metric that has to reach a target where there is one, and of the campaign's, both
 * where there is room.
 */
function curveLines(campaign: Campaign, { spec, reports }: Trial, rows: number, width: number): DetailLine[] {
  const wanted = new Set([spec.until?.metric, campaign.facts?.metric.name]);
  const curves = [...wanted].flatMap((metric) => {
    const values = reports.toArray().flatMap(({ metrics }) => metricIn(metrics, metric ?? '') ?? []);
    return metric === undefined || values.length < 2 ? [] : [{ metric, values }];
  });
  const shown = rows < 2 * (curveRows.wanted + 2) ? curves.slice(0, 1) : curves;
  const tall = Math.min(curveRows.max, Math.floor(rows / Math.max(1, shown.length)) - 2);
  if (tall < curveRows.min) return [];
  return shown.flatMap(({ metric, values }): DetailLine[] => [
    empty,
    ['quiet', `${escapeControls(metric)} by epoch`],
    ...curveChart(values, spec.epochs, width, tall).map((line): DetailLine => ['accent', line]),
  ]);
}

/** What a terminal would show in the end of a line that a program may have coloured or written over. */
function logText(line: string): string {
  const written = stripVTControlCharacters(line)
    .split('\r')
    .findLast((part) => part !== '');
  return escapeControls((written ?? '').replaceAll('\t', '    '));
}

const empty: DetailLine = ['plain', ' '];

/** Columns of the names of parameters and metrics. */
function nameWidth(campaign: Campaign, trial: Trial, width: number): number {
  const names = [...Object.keys(trial.spec.parameters), ...metricNames(campaign, trial)];
  const widest = Math.max(16, ...names.map((name) => textWidth(escapeControls(name))));
  return Math.max(16, Math.min(widest, Math.floor(width / 2)));
}

function parameterTable({ spec }: Trial, names: number): DetailLine[] {
  return Object.entries(spec.parameters).map(([name, value]) => [
    'plain',
    `${fitText(escapeControls(name), names)}  ${formatValue(value)}`,
  ]);
}

/** One after the other, where there are too many for a line each. */
function parameterText({ spec }: Trial, width: number): DetailLine[] {
  const said = formatSetting(spec.parameters, Object.keys(spec.parameters));
  return wrapList(said, width).map((line) => ['plain', line]);
}

/**
 * Metrics of the last epoch, and of the best one by the campaign's metric. Before the first epoch has ended, their
 * names stand there already.
 */
function metricLines(campaign: Campaign, trial: Trial, names: number, width: number): DetailLine[] {
  const last = lastReport(trial);
  const metrics = metricNames(campaign, trial);
  if (last === null && (metrics.length === 0 || trial.state !== 'running'))
    return [['quiet', trial.state === 'running' ? 'no epoch has ended yet' : 'no epoch has ended']];
  const best = campaign.facts && bestReport(trial, campaign.facts.metric);
  const number = Math.min(12, Math.max(9, Math.floor((width - names) / 2)));
  const cell = (text: string): string => fitText(text, number, 'right');
  const bestName = best === null ? '' : `best ${best.epoch}`;
  const head = `${fitText('epoch', names)}${cell(last === null ? '–' : String(last.epoch))}${cell(bestName)}`;
  const valueIn = (report: Report | null | undefined, name: string): string => {
    const value = metricIn(report?.metrics, name);
    return value === undefined ? '' : formatColumnNumber(value);
  };
  return [
    ['quiet', head],
    ...metrics.map((name): DetailLine => {
      const cells = `${cell(valueIn(last, name))}${cell(valueIn(best, name))}`;
      return ['plain', `${fitText(escapeControls(name), names)}${cells}`];
    }),
  ];
}

/** The metrics that a trial has reported; before its first report, those of the first trial. */
function metricNames(campaign: Campaign, trial: Trial): string[] {
  const first = campaign.asked.first();
  const report = lastReport(trial) ?? (first && campaign.trials.get(first)?.reports.last());
  return Object.keys(report?.metrics ?? {});
}

/** One trial over the whole screen. */
export function TrialPage(props: TrialProps): ReactNode {
  const { rows, width } = props;
  return (
    <>
      <Line />
      <Line>
        {' '}
        <StyledText textStyle="strong">
          {cutText(trialTitle(props.campaign, props.trial, props.host), width - 2)}
        </StyledText>
      </Line>
      <Line />
      <Box flexDirection="column" paddingLeft={3} height={Math.max(0, rows - 4)}>
        <TrialDetails {...props} rows={Math.max(0, rows - 4)} width={width - 4} />
      </Box>
    </>
  );
}
