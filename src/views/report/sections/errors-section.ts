import type { Campaign } from '../../../campaign/campaign.js';
import type { Evaluation } from '../../../campaign/outcome.js';
import type { Trial } from '../../../campaign/trial.js';
import { finalTrials } from '../../summary/final-trials.js';
import { confusionFigure } from '../figures/confusion-figure.js';
import { residualsFigure } from '../figures/residuals-figure.js';
import { type Html, html } from '../html.js';

/** Where the final network is wrong on the test part, next to its baseline. */
export function errorsSection(campaign: Campaign): Html | null {
  const { chosen, baseline } = finalTrials(campaign);
  const own = evaluationOf(chosen);
  if (own === null || own.test === null) return null;
  const other = baseline === chosen ? null : (evaluationOf(baseline)?.errors ?? null);
  return html`<section id="errors"><h2>Where it goes wrong</h2>
${figureOf(campaign, own.errors, other)}
</section>`;
}

function figureOf(campaign: Campaign, own: Evaluation['errors'], other: Evaluation['errors']): Html {
  switch (own?.kind) {
    case undefined:
      return html`<p>Which test rows it got wrong was not recorded: the network was tested by a version of fitfirst that
kept the scores alone.</p>`;
    case 'confusion':
      return confusionFigure(
        own,
        other?.kind === 'confusion' ? other : null,
        campaign.facts?.data?.classes ?? [],
      );
    case 'residuals':
      return residualsFigure(own, other?.kind === 'residuals' ? other : null);
    default:
      return own satisfies never;
  }
}

function evaluationOf(trial: Trial | null): Evaluation | null {
  return trial?.state === 'finished' ? trial.evaluation : null;
}
