import { formatSeconds } from '../../text/duration.js';
import { formatCount, formatPercent, formatWhole } from '../../text/number.js';
import type { AttemptEnd, TimedAttempt } from '../model/attempts/timed-attempt.js';
import { figure, markKey } from '../report/figure.js';
import { type Html, html } from '../report/html.js';
import type { PlotRole } from '../report/plot/plot.js';
import { selectedTrials } from '../selection/selected-trials.js';
import type { CampaignView, ViewRequest } from './campaign-view.js';
import { type BusyPart, busyParts } from './parts/busy-parts.js';
import { type ChoiceOption, choiceField, chosenOption } from './parts/choice-fields.js';
import { emptyView, problemList } from './parts/empty-view.js';
import { viewAddress } from './parts/view-address.js';

/** Bars of attempts at most; of more, the picture shows the busy share of each stretch of time. */
const MAX_BARS = 390;
const MAX_WORKERS = 40;
/** Rows of the table of attempts without a result. */
const MAX_FAILURES = 50;

const PARTS: readonly ChoiceOption[] = [
  ['all', 'the whole campaign'],
  ['0.25', 'the last quarter'],
  ['0.05', 'the last twentieth'],
  ['0.005', 'the last 0.5 %'],
];

/** What each worker did and when, with attempts that failed and their retries. */
export const timelineView: CampaignView = {
  name: 'timeline',
  title: 'Timeline',
  filtered: 'trials',
  render(request) {
    const { campaign, timing, query } = request;
    const part = chosenOption(query, 'part', PARTS);
    const choices = choiceField('Show', 'part', PARTS, part);
    const { started, last } = timing;
    if (started === null || last === null || timing.attempts.size === 0) return emptyView(choices);
    const from = part === 'all' ? started : last - Number(part) * (last - started);
    const { trials, areAll, problems } = selectedTrials(campaign, query);
    const wanted = areAll ? null : new Set(trials.map(({ key }) => key));
    const attempts = timing.attempts
      .toArray()
      .filter(({ trial, ended }) => (ended ?? last) >= from && (wanted === null || wanted.has(trial)));
    if (attempts.length === 0) return emptyView(choices, problems);
    const workers = attempts.reduce((max, { worker }) => Math.max(max, worker), 1);
    const shown = attempts.filter(({ worker }) => worker <= MAX_WORKERS);
    const unit = unitOf(last - started);
    const at = (time: number): number => (time - started) / unit.milliseconds;
    const parts = shown.length > MAX_BARS ? busyParts(shown, { from, to: last }) : null;
    const bars =
      parts === null
        ? shown.map((attempt) => ({
            y: -attempt.worker,
            from: at(Math.max(from, attempt.started)),
            to: at(attempt.ended ?? last),
            role: roleOf(attempt.how),
            strength: 0.9,
            tip: tipOf(request, attempt, last),
          }))
        : parts.map((one) => ({
            y: -one.worker,
            from: at(one.from),
            to: at(one.to),
            role: 'chosen' as const,
            strength: 0.08 + 0.82 * one.busy,
            tip: partTip(one),
          }));
    const count = Math.min(workers, MAX_WORKERS);
    const labels = Array.from({ length: count }, (_, i) => `worker ${count - i}`);
    const retries = shown.filter(({ attempt }) => attempt > 1);
    return {
      choices,
      main: html`${problemList(problems)}${figure(
        {
          x: { kind: 'number', name: `${unit.name} since the start` },
          y: { kind: 'places', name: '', labels },
          layers: [
            {
              kind: 'bars',
              hasGaps: parts === null,
              bars: bars.map((bar) => ({ ...bar, y: bar.y + count })),
            },
            {
              kind: 'dots',
              role: 'bad',
              shape: 'diamond',
              size: 9,
              points: parts !== null ? [] : endsOf(shown, BAD_ENDS, at, count),
            },
            {
              kind: 'dots',
              role: 'plain',
              shape: 'ring',
              size: 8,
              points:
                parts !== null
                  ? []
                  : retries.map(({ worker, started: begun, attempt }) => ({
                      x: at(Math.max(from, begun)),
                      y: count - worker,
                      tip: `attempt ${attempt}`,
                    })),
            },
          ],
        },
        {
          title: titleOf(attempts, { from, to: last, workers }),
          key:
            parts === null
              ? markKey(
                  ['■', 'chosen', 'finished'],
                  ['■', 'good', 'ended early because it fits'],
                  ['■', 'baseline', 'diverged'],
                  ['◆', 'bad', 'failed or lost'],
                  ['■', 'quiet', 'stopped'],
                  ['■', 'plain', 'running'],
                  ['○', 'plain', 'a further attempt'],
                )
              : markKey(['■', 'chosen', 'the more colour, the busier']),
          sample: [
            parts !== null &&
              `${formatWhole(shown.length)} attempts are too many to draw: the picture shows which share of ` +
                'each stretch of time a worker was busy. Show a shorter part to see attempts.',
            workers > MAX_WORKERS && `The first ${MAX_WORKERS} of ${formatWhole(workers)} workers.`,
          ]
            .filter(Boolean)
            .join(' '),
          height: 90 + 26 * count,
          isBroad: true,
        },
      )}${failuresOf(request, attempts)}`,
    };
  },
};

const BAD_ENDS: ReadonlySet<AttemptEnd> = new Set<AttemptEnd>(['failed', 'lost']);

function roleOf(how: AttemptEnd | null): PlotRole {
  switch (how) {
    case null:
      return 'plain';
    case 'fit':
      return 'good';
    case 'diverged':
      return 'baseline';
    case 'failed':
    case 'lost':
      return 'bad';
    case 'stopped':
      return 'quiet';
    default:
      return 'chosen';
  }
}

function endsOf(
  attempts: readonly TimedAttempt[],
  ends: ReadonlySet<AttemptEnd>,
  at: (time: number) => number,
  count: number,
): { readonly x: number; readonly y: number; readonly tip: string }[] {
  return attempts.flatMap(({ how, ended, worker }) =>
    how === null || ended === null || !ends.has(how) ? [] : [{ x: at(ended), y: count - worker, tip: how }],
  );
}

function tipOf(
  { campaign }: ViewRequest,
  { trial, attempt, how, started, ended }: TimedAttempt,
  last: number,
): string {
  const number = campaign.trials.get(trial)?.number ?? null;
  const name = number === null ? 'a speculative trial' : `trial ${number}`;
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  return `${name}${again}: ${how ?? 'running'}, ${formatSeconds(((ended ?? last) - started) / 1000)}`;
}

function partTip({ worker, busy, attempts }: BusyPart): string {
  return `worker ${worker}: ${formatPercent(busy)} busy, ${formatCount(attempts, 'attempt')}`;
}

function titleOf(
  attempts: readonly TimedAttempt[],
  { from, to, workers }: { readonly from: number; readonly to: number; readonly workers: number },
): string {
  const busy = attempts.reduce(
    (sum, { started, ended }) => sum + Math.max(0, (ended ?? to) - Math.max(from, started)),
    0,
  );
  const share = to > from ? Math.min(1, busy / ((to - from) * workers)) : 1;
  return (
    `${formatCount(attempts.length, 'attempt')} on ${formatCount(workers, 'worker')}, ` +
    `which were busy ${formatPercent(share)} of the time`
  );
}

function unitOf(milliseconds: number): { readonly name: string; readonly milliseconds: number } {
  if (milliseconds > 48 * 3_600_000) return { name: 'days', milliseconds: 24 * 3_600_000 };
  if (milliseconds > 2 * 3_600_000) return { name: 'hours', milliseconds: 3_600_000 };
  if (milliseconds > 2 * 60_000) return { name: 'minutes', milliseconds: 60_000 };
  return { name: 'seconds', milliseconds: 1000 };
}

/** The attempts without a result, the last first, with what went wrong. */
function failuresOf(
  { campaign, timing, folder }: ViewRequest,
  attempts: readonly TimedAttempt[],
): Html | null {
  const bad = attempts.filter(({ how }) => how !== null && BAD_ENDS.has(how)).reverse();
  if (bad.length === 0) return null;
  const messages = new Map(
    [...timing.attemptFailures, ...timing.failures.values()].map(
      ({ trial, attempt, message }) => [`${trial} ${attempt}`, message] as const,
    ),
  );
  const isCut = bad.length > MAX_FAILURES;
  const count = isCut
    ? `The last ${MAX_FAILURES} of ${formatWhole(bad.length)}.`
    : formatCount(bad.length, 'attempt');
  return html`<h2>Failed and lost attempts</h2>
<p>${count}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Failed and lost attempts"><table><thead><tr>
<th scope="col">trial</th><th scope="col" class="number">attempt</th>\
<th scope="col" class="number">worker</th><th scope="col">ended</th>\
<th scope="col">message</th></tr></thead><tbody>${bad.slice(0, MAX_FAILURES).map((one) => {
    const number = campaign.trials.get(one.trial)?.number ?? null;
    const name =
      number === null ? '–' : html`<a href="${viewAddress('trial', folder, { number })}">${number}</a>`;
    const message = messages.get(`${one.trial} ${one.attempt}`)?.split('\n', 1)[0] ?? '';
    return html`<tr><th scope="row">${name}</th><td class="number">${one.attempt}</td>\
<td class="number">${one.worker}</td><td>${one.how}</td><td>${message}</td></tr>\n`;
  })}</tbody></table></div>`;
}
