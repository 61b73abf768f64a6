import type { Residuals } from '../../../campaign/test-errors.js';
import { formatNumber } from '../../../text/number.js';
import { dataTable, type TableCell } from '../data-table.js';
import { figures, markKey } from '../figure.js';
import { type Html, html } from '../html.js';
import type { Plot, PlotPoint } from '../plot/plot.js';

/** Predictions against the truth, and what is left of it: where a network is off, and whether it leans to one side. */
export function residualsFigure(own: Residuals, baseline: Residuals | null): Html {
  const shown =
    own.points.length < own.rows
      ? `a test row (${own.points.length} of ${own.rows}, evenly spread over the true values)`
      : 'a test row';
  return html`${figures(
    [
      { title: 'Predicted against true', plot: againstTruth(own) },
      { title: 'Residuals against predicted', plot: againstPrediction(own) },
    ],
    {
      title: finding(own),
      key: markKey(
        ['○', 'chosen', shown],
        ['╌', 'plain', 'no error'],
        ['▒', 'chosen', 'nine in ten rows, half of the others above and below'],
      ),
      table: html`${dataTable(
        'Errors by share of the test rows',
        [
          'share of the rows',
          'residual below',
          'distance from the truth below',
          ...(baseline === null ? [] : ['residual below, baseline', 'distance below, baseline']),
        ],
        own.quantiles.map(([share, value], i): TableCell[] => [
          share,
          value,
          own.distances[i]?.[1] ?? null,
          ...(baseline === null ? [] : [at(baseline.quantiles, share), at(baseline.distances, share)]),
        ]),
      )}${dataTable(
        'Test rows by their true value',
        ['true', 'predicted', 'true minus predicted'],
        own.points.map(([truth, predicted]) => [truth, predicted, truth - predicted]),
      )}`,
    },
  )}
${baseline !== null && html`<p>Without dropout, the best network's distances are ${distances(baseline)}.</p>`}`;
}

function finding(own: Residuals): string {
  const median = at(own.quantiles, 0.5) ?? 0;
  const half = at(own.distances, 0.5) ?? 0;
  // A median residual that is a good part of the usual distance is a lean that can be seen.
  const lean =
    Math.abs(median) > half / 3
      ? ` Predictions lean ${median > 0 ? 'low' : 'high'}, by ${formatNumber(Math.abs(median))} in the median.`
      : '';
  return `Of ${own.rows} test rows, distances from the truth are ${distances(own)}.${lean}`;
}

function distances({ distances: quantiles }: Residuals): string {
  const [half, nineTenths, all] = [0.5, 0.9, 1].map((share) =>
    formatNumber(at(quantiles, share) ?? Number.NaN),
  );
  return `below ${half} for half of the rows, below ${nineTenths} for nine in ten, and ${all} at most`;
}

function at(quantiles: Residuals['quantiles'], share: number): number | null {
  return quantiles.find(([known]) => known === share)?.[1] ?? null;
}

const tipOf = (truth: number, predicted: number): string =>
  `true ${formatNumber(truth)}, predicted ${formatNumber(predicted)}, off by ${formatNumber(truth - predicted)}`;

function againstTruth({ points }: Residuals): Plot {
  const values = points.flat();
  const [min, max] = [Math.min(...values), Math.max(...values)];
  return {
    x: { kind: 'number', name: 'true' },
    y: { kind: 'number', name: 'predicted' },
    layers: [
      {
        kind: 'line',
        role: 'plain',
        dashed: true,
        width: 1.5,
        points: [
          [min, min],
          [max, max],
        ],
      },
      ringsAt(points.map(([x, y]) => ({ x, y, tip: tipOf(x, y) }))),
    ],
  };
}

function againstPrediction({ points, quantiles }: Residuals): Plot {
  return {
    x: { kind: 'number', name: 'predicted' },
    y: { kind: 'number', name: 'true minus predicted' },
    layers: [
      {
        kind: 'band',
        along: 'y',
        role: 'chosen',
        from: at(quantiles, 0.05) ?? 0,
        to: at(quantiles, 0.95) ?? 0,
        label: '',
      },
      { kind: 'level', role: 'plain', y: 0 },
      ringsAt(
        points.map(([truth, predicted]) => ({
          x: predicted,
          y: truth - predicted,
          tip: tipOf(truth, predicted),
        })),
      ),
    ],
  };
}

function ringsAt(points: readonly PlotPoint[]) {
  return { kind: 'dots', role: 'chosen', shape: 'ring', size: 5, points } as const;
}
