import type { Campaign } from '../../../campaign/campaign.js';
import { formatClock } from '../../../text/duration.js';
import { formatCount, formatPercent } from '../../../text/number.js';
import type { TimedAttempt } from '../../model/attempts/timed-attempt.js';
import { epochsTrained } from '../../model/epochs/epochs-run.js';
import { elapsedSeconds, type Timing } from '../../model/timing.js';
import { epochsSaved } from '../../summary/epochs-saved.js';
import { formatEpochsSaved } from '../../text/format-epochs-saved.js';
import { dataTable } from '../data-table.js';
import { figure, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import type { ReportOrigin } from './reproduce-section.js';

/** Lanes that are drawn, and bars of all lanes together. */
const MAX_LANES = 64;
const MAX_BARS = 1600;

/** How an attempt can have ended, as it is drawn. */
const ROLES = ['good', 'bad', 'baseline'] as const;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  readonly role: (typeof ROLES)[number];
}

/** When the campaign ran, on what, and what its workers did. Nothing here has a part in any result. */
export function timelineSection(campaign: Campaign, { version, run }: ReportOrigin): Html | null {
  if (run === null || run.timing.started === null) return null;
  const { timing, machine } = run;
  const started = run.timing.started;
  const end = timing.concluded ?? timing.last ?? started;
  const attempts = timing.attempts.toArray();
  const workers = attempts.reduce((max, { worker }) => Math.max(max, worker), 0);
  return html`<section id="timeline"><h2>How it ran</h2>
<dl>
<div><dt>Started</dt><dd>${formatDate(started)}</dd></div>
<div><dt>${timing.concluded === null ? 'Last event' : 'Concluded'}</dt><dd>${formatDate(end)}</dd></div>
<div><dt>Ran for</dt><dd>${formatClock(elapsedSeconds(timing, end))}</dd></div>
<div><dt>Attempts</dt><dd>${formatCount(attempts.length, 'attempt')} at ${formatCount(
    campaign.asked.size,
    'trial',
  )}, on up to ${formatCount(workers, 'worker')}</dd></div>
${endedEarly(campaign)}
${machine !== null && html`<div><dt>Report written on</dt><dd>${machine}</dd></div>`}
<div><dt>fitfirst</dt><dd>${version}</dd></div>
</dl>
${attempts.length > 0 && workers > 0 && timelineFigure(attempts, timing, started, end, workers)}
</section>`;
}

function endedEarly(campaign: Campaign): Html | null {
  const saved = epochsSaved(campaign);
  if (saved === null) return null;
  return html`<div><dt>Ended early</dt><dd>${formatEpochsSaved(saved, epochsTrained(campaign))}</dd></div>`;
}

function timelineFigure(
  attempts: readonly TimedAttempt[],
  timing: Timing,
  started: number,
  end: number,
  workers: number,
): Html {
  const lanes = Math.min(workers, MAX_LANES);
  const unit =
    end - started >= 2 * 3_600_000 ? { name: 'hours', of: 3_600_000 } : { name: 'minutes', of: 60_000 };
  const scale = end - started < 120_000 ? { name: 'seconds', of: 1000 } : unit;
  const spans = joinedSpans(
    attempts.filter(({ worker }) => worker <= lanes).map((one) => spanOf(one, started, end, scale.of)),
    (end - started) / scale.of / Math.max(20, Math.floor(MAX_BARS / lanes)),
  );
  const busy = attempts.reduce((sum, one) => sum + (one.ended ?? end) - one.started, 0) / 1000;
  const available = workers * elapsedSeconds(timing, end);
  const share = available > 0 ? Math.min(1, busy / available) : 1;
  const failed = attempts.filter(({ how }) => how === 'failed' || how === 'diverged').length;
  const lost = attempts.filter(({ how }) => how === 'lost').length;
  const notes = [
    ...(failed > 0 ? [`${formatCount(failed, 'attempt')} failed or diverged`] : []),
    ...(lost > 0 ? [`${formatCount(lost, 'attempt')} ${lost === 1 ? 'was' : 'were'} lost`] : []),
  ];
  return figure(
    {
      x: { kind: 'number', name: `${scale.name} since the start` },
      y: {
        kind: 'places',
        name: '',
        labels: Array.from({ length: lanes }, (_, i) => `worker ${lanes - i}`),
      },
      layers: [
        {
          kind: 'bars',
          hasGaps: true,
          bars: spans.map(({ from, to, lane, role }) => ({
            y: lanes - lane,
            from,
            to,
            role,
            strength: 1,
            tip: `worker ${lane}`,
          })),
        },
      ],
    },
    {
      title: [`The workers were busy ${formatPercent(share)} of the time`, ...notes].join('; '),
      key: markKey(
        ['■', 'good', 'finished'],
        ['■', 'bad', 'failed or diverged'],
        ['■', 'baseline', 'stopped, lost or not ended'],
      ),
      sample: workers > lanes ? `The picture shows the first ${lanes} of ${workers} workers.` : '',
      table: workersTable(attempts, end, workers),
      height: Math.min(640, 80 + 24 * lanes),
    },
  );
}

function workersTable(attempts: readonly TimedAttempt[], end: number, workers: number): Html | null {
  const rows = Array.from({ length: workers }, () => ({ attempts: 0, busy: 0, without: 0 }));
  for (const { worker, started, ended, how } of attempts) {
    const row = rows[worker - 1];
    if (row === undefined) continue;
    row.attempts += 1;
    row.busy += (ended ?? end) - started;
    if (how === 'failed' || how === 'diverged' || how === 'lost') row.without += 1;
  }
  return dataTable(
    'Workers',
    ['worker', 'attempts', 'busy', 'failed, diverged or lost'],
    rows.map((row, i) => [i + 1, row.attempts, formatClock(row.busy / 1000), row.without]),
  );
}

function spanOf(
  { worker, started, ended, how }: TimedAttempt,
  from: number,
  end: number,
  unit: number,
): Span {
  const role =
    how === 'failed' || how === 'diverged'
      ? 'bad'
      : how === 'stopped' || how === 'lost' || how === null
        ? 'baseline'
        : 'good';
  return { lane: worker, from: (started - from) / unit, to: ((ended ?? end) - from) / unit, role };
}

/** Attempts of a lane that follow each other within `step`, and bars shorter than that, become one bar. */
function joinedSpans(spans: readonly Span[], step: number): Span[] {
  const open = new Map<number, Span>();
  const joined: Span[] = [];
  for (const span of spans) {
    const key = span.lane * ROLES.length + ROLES.indexOf(span.role);
    const before = open.get(key);
    const isShort = before !== undefined && (before.to - before.from < step || span.to - span.from < step);
    if (before !== undefined && isShort && span.from - before.to < step) {
      open.set(key, { ...before, to: Math.max(before.to, span.to) });
      continue;
    }
    if (before !== undefined) joined.push(before);
    open.set(key, span);
  }
  return [...joined, ...open.values()];
}

/** In the time of the world, since a report is read anywhere. */
function formatDate(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
