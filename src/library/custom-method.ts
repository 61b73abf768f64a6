import { z } from 'zod';
import { canonicalJson } from '../campaign/canonical-json.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import { parseCampaignEvent, parsePlan } from '../journal/campaign-event.js';
import { type CustomMethod, createCustomMethod } from '../methods/custom-method.js';
import type { Method, Step } from '../methods/method.js';
import type { MethodKind } from '../methods/method-kind.js';
import { methodKinds } from '../methods/registry.js';
import { errorMessage } from '../text/error-message.js';
import type { MethodConfig } from './methods.js';
import { refuseBuiltInName } from './program-part.js';

/** The keys of a config that say what searches, and the method if it is one of the program. */
export interface MethodPart {
  readonly keys: object;
  readonly kind: MethodKind | null;
}

/** A method of the program has a name in the config and no options, since the program has set them. */
export function methodPart(method: MethodConfig | CustomMethod | undefined): MethodPart {
  if (method === undefined || !isCustom(method)) return { keys: method ?? {}, kind: null };
  refuseBuiltInName('method', method.name, methodKinds);
  return { keys: { method: method.name }, kind: methodKindOf(method) };
}

function isCustom(method: MethodConfig | CustomMethod): method is CustomMethod {
  return 'search' in method;
}

function methodKindOf(custom: CustomMethod): MethodKind {
  const { name } = custom;
  return {
    name,
    description: 'the method of the program',
    form: { kind: 'name' },
    supports: ['stop_early', 'prior'],
    schema: () => z.strictObject({}),
    resolve(_, { space, epochs }) {
      const plan: unknown = custom.plan({ space, epochs });
      return checked(`The plan of the method ${name} is invalid`, () => parsePlan(plan));
    },
    create: (plan, context) => withChecks(createCustomMethod(custom, plan, context)),
  };
}

/** The method, which ends with a message where a journal could not hold its step, so that no journal is spoilt. */
function withChecks(method: Method): Method {
  return {
    name: method.name,
    next(campaign) {
      const step = method.next(campaign);
      if (step.kind === 'conclusion' || !step.planned)
        checked(`The method ${method.name} takes an invalid step`, () => checkStep(step));
      return step;
    },
  };
}

/** Throws TypeError for a step that another reader of the journal would get otherwise. */
function checkStep(step: Step): void {
  const { because, findings } = step;
  if (step.kind === 'conclusion') {
    const { ending: kind, chosen } = step;
    parseCampaignEvent({ type: 'campaign-concluded', kind, chosen, because, findings });
    return;
  }
  const { stage, trials, speculative: ahead } = step;
  const event = parseCampaignEvent({ type: 'batch-planned', stage, because, trials, ahead, findings });
  if (event.type !== 'batch-planned') throw new TypeError('the step is no batch');
  for (const [index, spec] of trials.entries())
    if (canonicalJson(spec) !== canonicalJson(event.trials[index] ?? null))
      throw new TypeError(`trials.${index}: unknown keys in ${canonicalJson(spec)}`);
}

function checked<Value>(sentence: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new FitfirstError('CONFIG_INVALID', `${sentence}: ${errorMessage(error)}.`, { cause: error });
  }
}
