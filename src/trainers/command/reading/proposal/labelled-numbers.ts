/** A number in a line, with the words before it. */
export interface LabelledNumber {
  /** The name of its group; null if the words before it do not name it. */
  readonly name: string | null;
  /** The text from the label's first letter to the number. */
  readonly label: string;
  readonly labelStart: number;
  readonly start: number;
  readonly end: number;
}

const number = /(?<![\w.@])[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|nan\b|inf(?:inity)?\b)/gi;
/** A name and what joins it to its number: `loss: `, `'val_loss': '`, `acc=`, `[`, `| `, ` is `. */
const labelBefore = /([A-Za-z][\w/.@-]*(?:'s \w+)?)(['"]?\s*[:=|]*\s*['"[]?| is )$/;
/** A word that names the number, and a place between: `Score at iteration 100 is `. */
const scoreAt = /\b(score) at iteration \d+ is $/i;
/** Words that say nothing by themselves, and those that say of which rows a number is. */
const fillers = new RegExp(
  /^(?:of|in|at|and|the|is|for|to|with|per|from|took|eta|time|elapsed|remaining|total)$/.source +
    /|^(?:lr|it|m?s|sec|seconds|best|value)$/.source,
  'i',
);
const rowsWord = /(?:^|[^A-Za-z])(train|training|val|valid|validation|dev|test|eval|held[ -]out)[ -]$/i;
/** What joins the name of a function to its line in a log of loguru: `__main__:train:42 - `. */
const lineOfCode = /:\w+:$/;
/** `Val [2/12]` counts epochs or batches, and measures nothing. */
const counted = /^(?:train|training|val|valid|validation|dev|test|testing|eval):?\s*\[\s*$/i;
const epochWords = /^(?:epochs?|ep|iter|iteration|round|boosting_round)$/i;
const metricWords = new RegExp(
  /loss|acc|err|mse|mae|auc|f1|r2|score|perplexity|ppl|precision|recall|bleu|wer|cer|psnr|ssim|iou|dice/
    .source +
    /|mean_?ap|map(?:_?\d+|$)|mrr|ndcg|rew(?:ard)?(?:_mean)?$|return|nll|elbo|rouge|(?:^|_)l[12]$/.source +
    /|^(?:learn|train|test|val|valid|validation)$/.source,
  'i',
);

/** Whether a name is that of a loss or a score. */
export const isMetricName = (name: string): boolean => metricWords.test(name);

/** Whether it says that it was measured on rows held out. */
export const isHeldOut = (name: string): boolean => /val|test|eval|held|dev/i.test(name);

/** The text with a 0 for each number. */
export const withoutNumbers = (text: string): string => text.replaceAll(number, '0');

/** The numbers of a line, in order. No two have one name. */
export function labelledNumbers(line: string): LabelledNumber[] {
  const found: LabelledNumber[] = [];
  const names = new Set<string>();
  let from = 0;
  for (const match of line.matchAll(number)) {
    const start = match.index;
    const before = line.slice(from, start);
    // A share: `9810/10000` is one number, and `3/60` the epoch 3.
    const share = /^\/\d+(?![\w.])/.exec(line.slice(start + match[0].length))?.[0] ?? '';
    const ends = start + match[0].length;
    const rest = line.slice(ends);
    if (start < from) continue;
    const part = partOf(from === 0, before, start, rest);
    const [scored] = scoreAt.exec(line.slice(0, start)) ?? [];
    if (scored !== undefined) Object.assign(part, { name: 'score', label: ' is ', labelStart: start - 4 });
    const name = part.name !== null && names.has(part.name) ? null : part.name;
    if (name !== null) names.add(name);
    const end =
      share !== '' && name !== null && name !== 'epoch' && isMetricName(name) ? ends + share.length : ends;
    found.push({ ...part, name, start, end });
    from = end;
  }
  return found;
}

function partOf(
  isFirst: boolean,
  before: string,
  start: number,
  rest: string,
): Omit<LabelledNumber, 'start' | 'end'> {
  if (isFirst && isLeading(before, rest)) return leading(before, start);
  // A bar of tqdm over the epochs: `| 4/10 [00:01<00:02`.
  if (/\|\s$/.test(before) && /^\/\d+ \[\d+:/.test(rest))
    return { name: 'epoch', label: '| ', labelStart: start - 2 };
  const part = labelOf(before, start);
  const isOfCode = lineOfCode.test(before) && /^ - /.test(rest);
  const isCount = counted.test(part.label) && /^\/\d+\]/.test(rest);
  return isOfCode || isCount ? { name: null, label: '', labelStart: start } : part;
}

/** A line that begins with `[10]` or `10:` counts its rounds so. */
function isLeading(before: string, rest: string): boolean {
  return /^\s*\[$/.test(before) ? /^(?:\]|\s*\|)/.test(rest) : /^\s*$/.test(before) && /^:\s/.test(rest);
}

function leading(before: string, start: number): Omit<LabelledNumber, 'start' | 'end'> {
  const label = before.trimStart();
  return { name: 'epoch', label, labelStart: start - label.length };
}

function labelOf(before: string, start: number): Omit<LabelledNumber, 'start' | 'end'> {
  const match = labelBefore.exec(before);
  const [, word = '', joint = ''] = match ?? [];
  if (match === null || fillers.test(word)) return { name: null, label: '', labelStart: start };
  const rows = rowsWord.exec(before.slice(0, match.index))?.[0].replace(/^[^A-Za-z]/, '') ?? '';
  const label = `${rows}${word}${joint}`;
  const name = epochWords.test(word) ? 'epoch' : groupName(`${rows}${word}`);
  return { name, label, labelStart: start - label.length };
}

/** A name as a group may have it; null if nothing is left of it. */
export function groupName(label: string): string | null {
  const name = label
    .replaceAll(/([a-z])(?=[A-Z]{3,}|[A-Z][a-z])/g, '$1_')
    .replaceAll(/\W+/g, '_')
    .replaceAll(/_+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase();
  return /^[a-z]/.test(name) ? name : null;
}
