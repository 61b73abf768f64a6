import assert from 'node:assert/strict';
import type { Campaign } from '../../campaign/campaign.js';
import { canonicalJson } from '../../campaign/canonical-json.js';
import type { CampaignEvent } from '../../campaign/event.js';
import { keyedStream } from '../../numeric/keyed-stream.js';
import type { ContractCheck } from '../contract.js';
import { checkProposals } from './check-proposals.js';
import { chanceReports, factsOf, type MethodSurroundings, type MethodUnderTest } from './method-subject.js';
import { type Played, playMethod, type TrialWorld } from './play-method.js';

/** The checks of the contract, for custom and built-in methods. */
export function methodChecks(
  subject: MethodUnderTest,
  extended: MethodUnderTest | undefined,
  surroundings: MethodSurroundings,
): readonly ContractCheck[] {
  const play = new Play(subject, surroundings);
  const check = (name: string, run: () => void): ContractCheck => ({ name, run: async () => run() });
  return [
    check('has a name', () => assert.match(subject.name, /^\S+$/)),
    check('has a plan of plain JSON that is the same each time and survives a round trip', () =>
      checkPlan(subject),
    ),
    check('ends by itself and hands over a trial that has finished', () =>
      checkConclusion(play.whole().campaign),
    ),
    check('proposes settings of the space, on whole repeats and epochs, in stages of its plan', () =>
      checkProposals(play.whole().campaign, surroundings),
    ),
    check('gives a reason for each batch, each finding and the conclusion', () =>
      checkReasons(play.whole().campaign),
    ),
    check('plans the same whatever the number of workers and the order of completion', () =>
      ignoresWorkers(play),
    ),
    check('takes the same step when it starts over from the journal, after each trial', () => replays(play)),
    check('can be asked about earlier campaigns and others', () => keepsNothing(play)),
    check('plans the same from a plan that was read back from JSON', () => acceptsReadPlan(play)),
    ...(['failed', 'diverged', 'stopped'] as const).map((ending) =>
      check(`ends when every trial is ${ending}`, () => endsWithout(play, ending)),
    ),
    check('ends when some trials fail, diverge or are stopped', () => endsWithSome(play)),
    ...(extended === undefined
      ? []
      : [
          check('goes on with its trials when its budget is extended', () =>
            goesOn(play, new Play(extended, surroundings)),
          ),
        ]),
  ];
}

/** Campaigns of one method. */
class Play {
  readonly world: TrialWorld;
  #whole: Played | null = null;

  constructor(
    readonly subject: MethodUnderTest,
    readonly surroundings: MethodSurroundings,
  ) {
    this.world = { reports: surroundings.reports ?? chanceReports, ending: () => 'complete' };
  }

  /** A campaign with one worker, whose trials all finish. */
  whole(): Played {
    this.#whole ??= this.run({});
    return this.#whole;
  }

  facts() {
    const { name, plan } = this.subject;
    return factsOf(name, plan(), this.surroundings);
  }

  run({
    method = this.create(),
    world = this.world,
    workers = 1,
    order = 0,
    ...options
  }: Partial<PlayParts>): Played {
    return playMethod(method, this.facts(), world, { workers, order, ...options });
  }

  create() {
    return this.subject.create(this.subject.plan());
  }
}

interface PlayParts extends NonNullable<Parameters<typeof playMethod>[3]> {
  readonly method: Parameters<typeof playMethod>[0];
  readonly world: TrialWorld;
}

function checkPlan({ plan }: MethodUnderTest): void {
  const first = plan();
  assert.doesNotThrow(() => canonicalJson(first), 'the plan holds something that JSON cannot hold');
  assert.deepEqual(JSON.parse(JSON.stringify(first)), first);
  assert.equal(canonicalJson(plan()), canonicalJson(first));
  assert.ok(first.stages.length > 0, 'the plan has no stage');
  const names = first.stages.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, 'two stages of the plan have one name');
}

function checkConclusion(campaign: Campaign): void {
  const { conclusion } = campaign;
  assert.ok(conclusion !== null);
  assert.equal(
    conclusion.kind === 'chosen',
    conclusion.chosen !== null,
    'a choice needs a trial, and only a choice',
  );
  if (conclusion.chosen === null) return;
  const trial = campaign.trials.get(conclusion.chosen);
  assert.equal(trial?.state, 'finished', 'the chosen trial has not finished');
  assert.notEqual(trial.spec.finish, null, 'the chosen trial is no final training: its spec has no `finish`');
}

function checkReasons({ batches, findings, conclusion }: Campaign): void {
  for (const { because } of [...batches, ...findings]) assert.match(because, /\S/);
  assert.match(conclusion?.because ?? '', /\S/);
}

/** What must not depend on workers: what was asked for, why, and what came of it. */
function decisionsOf({ batches, asked, findings, conclusion }: Campaign): object {
  return { batches: batches.toArray(), asked: asked.toArray(), findings: findings.toArray(), conclusion };
}

function assertSame(campaign: Campaign, expected: Campaign, message: string): void {
  assert.deepEqual(decisionsOf(campaign), decisionsOf(expected), message);
}

function ignoresWorkers(play: Play): void {
  const whole = play.whole().campaign;
  for (const workers of [1, 2, 4, 16]) {
    for (const order of [1, 2]) {
      assertSame(play.run({ workers, order }).campaign, whole, `with ${workers} workers, in order ${order}`);
    }
  }
}

/** Plays on with a new method from the journal after each trial: every other one also in another order. */
function replays(play: Play): void {
  const { campaign: whole, events } = play.whole();
  const read: readonly CampaignEvent[] = JSON.parse(JSON.stringify(events));
  for (const [index, { type }] of read.entries()) {
    if (type !== 'trial-finished' && type !== 'batch-planned') continue;
    const cut = [...read.slice(0, index + 1), { type: 'campaign-resumed' } as const];
    const { campaign } = play.run({ events: cut, workers: 1 + (index % 3), order: index });
    assertSame(campaign, whole, `after an interruption behind event ${index + 1}`);
  }
}

/** One method is asked about all campaigns of two plays, first to last and last to first. */
function keepsNothing(play: Play): void {
  const campaigns: { readonly campaign: Campaign; readonly step: unknown }[] = [];
  for (const order of [1, 2])
    play.run({ workers: 2, order, onStep: (campaign, step) => campaigns.push({ campaign, step }) });
  const method = play.create();
  for (const { campaign, step } of [...campaigns, ...campaigns.toReversed()])
    assert.deepEqual(method.next(campaign), step, 'the method keeps something from an earlier call');
}

function acceptsReadPlan(play: Play): void {
  const plan = JSON.parse(JSON.stringify(play.subject.plan()));
  assertSame(
    play.run({ method: play.subject.create(plan) }).campaign,
    play.whole().campaign,
    'from a read plan',
  );
}

function endsWithout(play: Play, ending: 'failed' | 'diverged' | 'stopped'): void {
  const { campaign } = play.run({ world: { ...play.world, ending: () => ending }, workers: 2, order: 1 });
  checkConclusion(campaign);
  checkReasons(campaign);
  assert.equal(campaign.conclusion?.chosen, null);
}

/** With a quarter of the trials unfinished, in several draws. */
function endsWithSome(play: Play): void {
  for (let draw = 1; draw <= 8; draw++) {
    const world: TrialWorld = {
      ...play.world,
      ending: (_, key) => {
        const endings = ['failed', 'diverged', 'stopped'] as const;
        const chance = keyedStream('method contract', 'endings', draw, key);
        return chance.below(4) > 0 ? 'complete' : (endings[chance.below(3)] ?? 'failed');
      },
    };
    const { campaign } = play.run({ world, workers: 3, order: draw });
    checkConclusion(campaign);
    assertSame(play.run({ world }).campaign, campaign, `with unfinished trials of draw ${draw}`);
  }
}

function goesOn(play: Play, extended: Play): void {
  const before = play.whole();
  const facts = extended.facts();
  const events: CampaignEvent[] = [...before.events, { type: 'campaign-extended', ...facts }];
  const { campaign } = extended.run({ events });
  assertSame(
    campaign,
    extended.whole().campaign,
    'the extended campaign differs from one that had its budget at once',
  );
  const known = before.campaign.asked.filter((key) => campaign.asked.includes(key));
  assert.ok(known.size > 0, 'the extended campaign uses no trial that it had');
  assert.ok(campaign.asked.size > before.campaign.asked.size, 'a larger budget asks for no more trials');
  for (const key of known)
    assert.equal(campaign.trials.get(key)?.attempts, 1, 'a known trial has been run again');
}
