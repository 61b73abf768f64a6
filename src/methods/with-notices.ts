import { answeredTrials } from '../campaign/notices/answered-trials.js';
import { noticesOf, unsaidNotices } from '../campaign/notices/notices.js';
import { trialKey } from '../campaign/trial.js';
import type { Method, Step } from './method.js';

/**
 * A method that also says what its trials show about the user's program. It looks only at trials that the method was
 * given, so what it says depends on no order of completion.
 */
export function withNotices(method: Method): Method {
  return {
    name: method.name,
    next(campaign): Step {
      const step = method.next(campaign);
      if (step.kind === 'batch' && step.planned) return step;
      const identity = campaign.facts?.identity ?? '';
      const open = step.kind === 'batch' ? step.unanswered : [];
      const unanswered = new Set(open.map((spec) => trialKey(identity, spec)));
      const notices = noticesOf(answeredTrials(campaign, unanswered), campaign.facts);
      const added = unsaidNotices(notices, campaign.findings);
      return added.length === 0 ? step : { ...step, findings: [...step.findings, ...added] };
    },
  };
}
