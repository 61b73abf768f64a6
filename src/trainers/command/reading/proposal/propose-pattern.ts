import { stripVTControlCharacters } from 'node:util';
import { EpochCount } from '../../../../execution/epoch-count.js';
import { readReport } from '../../../../execution/reports/read-report.js';
import { TrialFailure } from '../../../../execution/trial-errors.js';
import { ReportMerger } from '../../sources/report-merger.js';
import { sourceRule } from '../../sources/source-rule.js';
import { patternReader } from '../report-pattern.js';
import { labelPattern } from './label-pattern.js';
import { isHeldOut, isMetricName, labelledNumbers, withoutNumbers } from './labelled-numbers.js';
import { tableProposals } from './table-pattern.js';

/** A pattern for the lines of a log that look like reports. */
export interface PatternProposal {
  readonly pattern: string;
  /** The first line that it reads, and its place in the log, from 1. */
  readonly line: string;
  readonly place: number;
}

/** A kind of line that may hold reports. */
interface Candidate extends PatternProposal {
  /** Names of its groups. */
  readonly names: readonly string[];
  /** Lines of its kind. */
  readonly count: number;
  /** The words before its first metric. */
  readonly opening: string;
}

/** Lines that are looked at. */
const MAX_LINES = 2_000;

/** The likeliest kind of line to be a report, as a pattern that reads the whole log; null if there is none. */
export function proposePattern(lines: readonly string[]): PatternProposal | null {
  const texts = lines.slice(0, MAX_LINES);
  const candidates = [...labelCandidates(texts), ...tableCandidates(texts)];
  const ranked = candidates
    .map((candidate) => ({ candidate, worth: worthOf(candidate, texts) }))
    .sort((a, b) => b.worth - a.worth);
  for (const { candidate } of ranked) {
    const { pattern, line, place } = candidate;
    if (isReadable(pattern, texts)) return { pattern, line: line.trim(), place };
  }
  return null;
}

const plain = (text: string): string => stripVTControlCharacters(text).replaceAll('\r', '');

/** Lines that differ in numbers, in the length of a bar and in drawings are of one kind. */
const kindOf = (line: string): string =>
  withoutNumbers(line)
    .replaceAll(/[^\x20-\x7e]+/g, '')
    .replaceAll(/[=>.#-]{2,}/g, '-')
    .replaceAll(/\s+/g, ' ');

function labelCandidates(lines: readonly string[]): Candidate[] {
  const kinds = new Map<string, { line: string; place: number; count: number }>();
  for (const [index, text] of lines.entries()) {
    const line = plain(text);
    const known = kinds.get(kindOf(line));
    if (known === undefined) kinds.set(kindOf(line), { line, place: index + 1, count: 1 });
    else known.count += 1;
  }
  return [...kinds.values()].flatMap((kind) => {
    const parts = labelledNumbers(kind.line);
    const pattern = labelPattern(kind.line, parts);
    const names = parts.flatMap(({ name }) => name ?? []);
    const metric = parts.find(({ name }) => name !== null && name !== 'epoch' && isMetricName(name));
    const opening = kind.line.slice(0, metric?.labelStart ?? 0);
    return pattern === null ? [] : [{ ...kind, pattern, names, opening }];
  });
}

function tableCandidates(lines: readonly string[]): Candidate[] {
  return tableProposals(lines.map(plain)).flatMap(({ pattern, rows, names }) => {
    const [first] = rows;
    if (first === undefined) return [];
    const line = plain(lines[first] ?? '');
    return [{ pattern, names, line, place: first + 1, count: rows.length, opening: '' }];
  });
}

/**
 * Lines about rows held out come first, then lines that tell the epoch, and that come again and again, but only once
 * an epoch. A line that comes once among others that come often is a summary.
 */
function worthOf({ pattern, names, line, count, opening }: Candidate, lines: readonly string[]): number {
  const metrics = names.filter((name) => isMetricName(name));
  const isOfHeldOut =
    metrics.some(isHeldOut) ||
    /\b(?:val|valid|validation|test|testing|eval|dev)\b|saving dict/i.test(opening);
  // Libraries print the scores of a whole pass in lines with a star or the word "all".
  const isOfPass = /^\s*(?:\*|all\s)/.test(line);
  const isScore = metrics.some((name) => /acc|score|f1|auc|map|rew|bleu/i.test(name)) ? 0.5 : 0;
  const isSummary = count === 1 && lines.length > 5 ? -6 : 0;
  const isBest = /^\W*(?:best|final)\b/i.test(line) ? -8 : 0;
  return (
    (isOfHeldOut ? 8 : 0) +
    (isOfPass ? 9 : 0) +
    (names.includes('epoch') ? 4 : 0) +
    (isWithinEpochs(pattern, lines) ? -5 : 0) +
    Math.min(count, 3) +
    isScore +
    isSummary +
    isBest
  );
}

/** Whether its lines come several times in an epoch. */
function isWithinEpochs(pattern: string, lines: readonly string[]): boolean {
  const expression = new RegExp(pattern);
  const places = lines.flatMap((line, i) => (expression.test(plain(line)) ? [i] : []));
  const known = places.map((place) => expression.exec(plain(lines[place] ?? ''))?.groups?.epoch);
  if (known.some((epoch, i) => i > 0 && epoch !== undefined && epoch === known[i - 1])) return true;
  return known[0] === undefined && places.some((place, i) => i > 0 && place === (places[i - 1] ?? 0) + 1);
}

/** Whether the reader takes all that the pattern matches in the log. */
function isReadable(pattern: string, lines: readonly string[]): boolean {
  const reader = patternReader([pattern]);
  const merger = new ReportMerger(
    [sourceRule({ kind: 'pattern', patterns: [pattern] })],
    Number.POSITIVE_INFINITY,
    new EpochCount(),
  );
  let epoch = 0;
  let count = 0;
  try {
    const reports = lines.flatMap((line) => {
      const reading = reader(line);
      if (reading.kind === 'bad') throw new TrialFailure('bad-report', reading.message);
      return reading.kind === 'reports' ? reading.reports.flatMap((one) => merger.take(0, one)) : [];
    });
    reports.push(
      ...(reader.finish?.().reports.flatMap((one) => merger.take(0, one)) ?? []),
      ...merger.finish(),
    );
    for (const report of reports) {
      if (readReport(report, epoch, Number.POSITIVE_INFINITY).kind === 'bad') return false;
      epoch = report.epoch;
      count += 1;
    }
  } catch (error) {
    if (error instanceof TrialFailure) return false;
    throw error;
  }
  return count > 0;
}
