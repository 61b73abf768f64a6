import { canonicalJson } from '../../campaign/canonical-json.js';
import type { Parameters } from '../../campaign/parameters.js';
import { mean } from '../../campaign/statistics.js';
import type { Settled, TrialSpec } from '../../campaign/trial.js';
import { formatCount } from '../../text/number.js';
import type { Procedure } from '../method.js';
import { byMean, isSound, type RaceEntry, withResults } from '../race.js';
import type { SearchOptions } from '../search.js';
import type { Bracket, Rung } from './brackets.js';
import type { KnownResult, Sampler } from './sampler.js';

/** Brackets that run, and where their settings are from. */
export interface BracketOptions extends Omit<SearchOptions, 'settings'> {
  readonly brackets: readonly Bracket[];
  readonly sampler: Sampler;
  /** A bracket begins when fewer trials than this are open. */
  readonly window: number;
}

/** A setting with the results of one rung. */
export interface RungEntry extends RaceEntry {
  readonly epochsOfRung: number;
}

/** A rung that was asked for and is not answered yet. */
interface OpenRung {
  readonly bracket: number;
  readonly rung: Rung;
  readonly entries: readonly RaceEntry[];
}

/**
 * Runs brackets side by side: while the last trials of one bracket end, those of the next one run. In each round every
 * bracket that has begun asks for its next rung. Then the next bracket begins if fewer than `window` trials are open. A
 * rung is asked for as soon as the one before it is answered, and rungs are answered in the order of asking. So which
 * settings go on depends on results alone, and a sampler that learns knows the same results for any number of workers.
 *
 * Returns the last results of each setting: those with the most epochs first, in the order of their means.
 */
export function* runBrackets(options: BracketOptions): Procedure<RungEntry[]> {
  const { brackets, comparison, window } = options;
  const repeats = comparison.repeats.first;
  const maxEpochs = options.epochs;
  const open: OpenRung[] = [];
  /** The answered rung of each bracket that its next rung follows from, the best settings first. */
  const ranked = new Map<number, readonly RaceEntry[]>();
  const latest = new Map<number, RungEntry>();
  const known: KnownResult[] = [];
  /** The number of each setting, by its canonical JSON. */
  const indices = new Map<string, number>();

  const learn = (settled: readonly Settled[]): void => {
    for (let at = 0; at < settled.length; ) {
      const next = open.shift();
      if (next === undefined) return;
      const entries = next.entries.map((entry, i) =>
        withResults(entry, settled.slice(at + i * repeats, at + (i + 1) * repeats), comparison),
      );
      at += next.entries.length * repeats;
      const { epochs } = next.rung;
      for (const entry of entries) {
        latest.set(entry.index, { ...entry, epochsOfRung: epochs });
        known.push({ parameters: entry.parameters, epochs, score: mean(entry.values) });
      }
      ranked.set(
        next.bracket,
        entries.filter(isSound).sort((a, b) => byMean(a, b, comparison)),
      );
    }
  };
  const openTrials = (rungs: readonly OpenRung[]): number =>
    rungs.reduce((sum, { entries }) => sum + entries.length * repeats, 0);
  function* ask(
    bracket: number,
    rung: Rung,
    entries: readonly RaceEntry[],
    because: string,
  ): Procedure<void> {
    if (entries.length === 0) return;
    open.push({ bracket, rung, entries });
    const trials = entries.flatMap((entry) => trialsOf(entry, repeats, rung.epochs));
    yield { kind: 'ask', stage: 'search', because, trials, window: openTrials(open) + 1, maxEpochs };
  }
  function* answered(bracket: number): Procedure<void> {
    const place = open.findIndex((one) => one.bracket === bracket);
    if (place >= 0) learn(yield { kind: 'collect', leaves: openTrials(open.slice(place + 1)) });
  }

  const indexOf = (parameters: Parameters): number => {
    const text = canonicalJson(parameters);
    const index = indices.get(text) ?? indices.size;
    indices.set(text, index);
    return index;
  };
  /** Settings that a bracket has stopped with fewer epochs. */
  const stoppedBefore = (epochs: number): Parameters[] => {
    const inBrackets = new Set(open.flatMap(({ entries }) => entries.map(({ index }) => index)));
    return [...latest.values()]
      .filter((one) => one.epochsOfRung < epochs && isSound(one) && !inBrackets.has(one.index))
      .map(({ parameters }) => parameters);
  };
  function* begin(bracket: number): Procedure<void> {
    const rung = brackets[bracket]?.[0];
    if (rung === undefined) return;
    const settings = options.sampler.draw(rung.settings, known, stoppedBefore(rung.epochs));
    const entries = settings.map((parameters) => newEntry(parameters, indexOf(parameters)));
    yield* ask(bracket, rung, entries, whyBegun(entries.length, wordsOf(bracket, rung)));
  }
  function* promote(bracket: number, before: Rung, rung: Rung): Procedure<void> {
    yield* answered(bracket);
    const field = ranked.get(bracket) ?? [];
    ranked.delete(bracket);
    const promoted = field
      .slice(0, rung.settings)
      .map(({ parameters, index }) => newEntry(parameters, index));
    yield* ask(bracket, rung, promoted, whyPromoted(promoted.length, before, wordsOf(bracket, rung)));
  }
  const wordsOf = (bracket: number, rung: Rung): BracketWords => ({
    bracket: bracket + 1,
    of: brackets.length,
    rung,
  });

  /** How many rungs of each bracket were asked for. */
  const asked = brackets.map(() => 0);
  for (let begun = 0; ; ) {
    let isWaiting = true;
    for (let bracket = 0; bracket < begun; bracket++) {
      const index = asked[bracket] ?? 0;
      const [before, rung] = [brackets[bracket]?.[index - 1], brackets[bracket]?.[index]];
      if (before === undefined || rung === undefined) continue;
      asked[bracket] = index + 1;
      isWaiting = false;
      yield* promote(bracket, before, rung);
    }
    if (isWaiting && begun === brackets.length) break;
    if (isWaiting && openTrials(open) >= window)
      learn(yield { kind: 'collect', leaves: openTrials(open.slice(1)) });
    for (; begun < brackets.length && openTrials(open) < window; begun++) {
      asked[begun] = 1;
      yield* begin(begun);
    }
  }
  learn(yield { kind: 'collect' });
  return [...latest.values()].sort(
    (a, b) =>
      b.epochsOfRung - a.epochsOfRung || Number(isSound(b)) - Number(isSound(a)) || byMean(a, b, comparison),
  );
}

function newEntry(parameters: RaceEntry['parameters'], index: number): RaceEntry {
  return { parameters, index, values: [], epochs: [], states: [] };
}

function trialsOf({ parameters }: RaceEntry, repeats: number, epochs: number): TrialSpec[] {
  return Array.from({ length: repeats }, (_, i) => ({
    parameters,
    repeat: i + 1,
    epochs,
    until: null,
    finish: null,
  }));
}

interface BracketWords {
  readonly bracket: number;
  readonly of: number;
  readonly rung: Rung;
}

function inBracket({ bracket, of }: BracketWords): string {
  return of === 1 ? '' : `Bracket ${bracket} of ${of}: `;
}

function whyBegun(settings: number, words: BracketWords): string {
  const each = settings === 1 ? '' : ' each';
  const epochs = formatCount(words.rung.epochs, 'epoch');
  return `${inBracket(words)}${formatCount(settings, 'setting')} with ${epochs}${each}.`;
}

function whyPromoted(settings: number, before: Rung, words: BracketWords): string {
  const which = settings === 1 ? 'the best setting' : `the best ${settings} settings`;
  const text =
    `${which} after ${formatCount(before.epochs, 'epoch')} ${settings === 1 ? 'goes' : 'go'} on, ` +
    `up to ${formatCount(words.rung.epochs, 'epoch')}.`;
  const start = inBracket(words);
  return start === '' ? text.charAt(0).toUpperCase() + text.slice(1) : start + text;
}
