import type { CampaignEntry, CampaignEvent, ReportedEpochs, StoredEntry } from './event.js';
import { metricIn, type Report, type ReportColumns, reportsIn } from './report.js';
import type { AttemptKey } from './trial.js';

/** One entry holds at most this many reports. */
const MAX_REPORTS = 256;

type Reported = Extract<CampaignEvent, { type: 'trial-reported' }>;

/** The fewest events that say the same as one event for each of these reports of an attempt. */
export function reportEvents(
  { trial, attempt }: AttemptKey,
  reports: readonly Report[],
): (Reported | ReportedEpochs)[] {
  return groupsOf(reports).map((group) => {
    const [report] = group;
    return report !== undefined && group.length === 1
      ? { type: 'trial-reported', trial, attempt, report }
      : { type: 'trial-reported-epochs', trial, attempt, ...columnsOf(group) };
  });
}

/** Turns entries of a journal into entries of single reports, and numbers these from 1. */
export class SingleEntries {
  #last = 0;

  /** What the next entry of the journal stands for, all with its date. */
  of({ at, event }: StoredEntry): readonly CampaignEntry[] {
    if (event.type !== 'trial-reported-epochs') return [this.#numbered(at, event)];
    const { trial, attempt } = event;
    return reportsIn(event).map((report) =>
      this.#numbered(at, { type: 'trial-reported', trial, attempt, report }),
    );
  }

  #numbered(at: string, event: CampaignEvent): CampaignEntry {
    this.#last += 1;
    return { seq: this.#last, at, event };
  }
}

/** Reports in a row that have the same metrics in the same order. */
function groupsOf(reports: readonly Report[]): Report[][] {
  const groups: Report[][] = [];
  let namesBefore = '';
  for (const report of reports) {
    const names = JSON.stringify(Object.keys(report.metrics));
    const group = groups.at(-1);
    if (group !== undefined && names === namesBefore && group.length < MAX_REPORTS) group.push(report);
    else groups.push([report]);
    namesBefore = names;
  }
  return groups;
}

function columnsOf(reports: readonly Report[]): ReportColumns {
  const names = Object.keys(reports[0]?.metrics ?? {});
  const valuesOf = (name: string): number[] =>
    reports.map(({ metrics }) => metricIn(metrics, name) ?? Number.NaN);
  return {
    epochs: reports.map(({ epoch }) => epoch),
    metrics: Object.fromEntries(names.map((name) => [name, valuesOf(name)])),
  };
}
