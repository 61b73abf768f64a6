import assert from 'node:assert/strict';
import { type Campaign, emptyCampaign, evolve } from '../campaign/campaign.js';
import type { CampaignEntry, CampaignEvent } from '../campaign/event.js';
import { type TrialSpec, trialKey } from '../campaign/trial.js';
import type { Outlet } from '../outlets/outlet.js';
import { OutletGroup } from '../outlets/outlet-group.js';
import type { ContractCheck } from './contract.js';

/** An outlet that the contract tries. */
export interface OutletSubject {
  /** Makes the outlet of one run, new each time: into the same place if `again` is true, else into an empty one. */
  readonly create: (again: boolean) => Promise<Outlet> | Outlet;
  /** What the outlet has written since it was last created for an empty place. */
  readonly written: () => Promise<unknown> | unknown;
}

/** What every outlet has to do: follow a campaign, take one that resumes, and leave the same behind in both cases. */
export function outletContract({ create, written }: OutletSubject): readonly ContractCheck[] {
  const run = async (entries: readonly CampaignEntry[], again: boolean): Promise<void> => {
    const group = new OutletGroup([await create(again)]);
    let campaign: Campaign = emptyCampaign;
    for (const entry of entries) {
      campaign = evolve(campaign, entry.event);
      group.onEntry(entry, campaign);
    }
    await group.finish(campaign);
    assert.deepEqual(group.warnings, []);
  };
  return [
    {
      name: 'has a name for warnings',
      run: async () => {
        assert.match((await create(false)).name, /\S/);
      },
    },
    {
      name: 'takes a run that ends before its first event',
      run: () => run([], false),
    },
    {
      name: 'follows a campaign to its end: trials that finish, diverge, fail, are retried and are stopped',
      run: () => run(exampleEntries, false),
    },
    {
      name: 'writes the same for the same campaign',
      run: async () => {
        await run(exampleEntries, false);
        const first = await written();
        await run(exampleEntries, false);
        assert.deepEqual(await written(), first);
      },
    },
    {
      name: 'writes the same if the campaign was interrupted at any point, and its entries came again',
      run: async () => {
        await run(exampleEntries, false);
        const whole = await written();
        for (let cut = 0; cut <= exampleEntries.length; cut++) {
          await run(exampleEntries.slice(0, cut), false);
          await run(exampleEntries, true);
          assert.deepEqual(await written(), whole, `after an interruption behind entry ${cut}`);
        }
      },
    },
  ];
}

const identity = 'outlet-contract';
const spec = (x: number): TrialSpec => ({
  parameters: { x },
  repeat: 1,
  epochs: 2,
  until: null,
  finish: null,
});
const specs = [1, 2, 3, 4].map(spec);

function exampleEvents(): CampaignEvent[] {
  const [one, two, three, four] = specs.map((each) => trialKey(identity, each));
  if (one === undefined || two === undefined || three === undefined || four === undefined) return [];
  const metric = { name: 'val_loss', goal: 'minimize' } as const;
  const report = (epoch: number, value: number) => ({ epoch, metrics: { val_loss: value } });
  return [
    {
      type: 'campaign-started',
      name: 'contract',
      method: 'grid',
      plan: { stages: [{ name: 'search', role: 'search' }], growth: null, regularisers: [], options: {} },
      seed: 1,
      trainer: 'external',
      metric,
      checkpoint: 'best',
      parameters: ['x'],
      space: { x: { kind: 'values', values: [1, 2, 3, 4], probabilities: null } },
      identity,
      config: {},
      data: null,
      findings: [],
    },
    { type: 'batch-planned', stage: 'search', because: 'All.', trials: specs, ahead: [], findings: [] },
    { type: 'trial-started', trial: one, attempt: 1 },
    { type: 'trial-reported', trial: one, attempt: 1, report: report(1, 0.5) },
    { type: 'trial-started', trial: two, attempt: 1 },
    { type: 'trial-reported', trial: one, attempt: 1, report: report(2, 0.25) },
    { type: 'trial-finished', trial: one, attempt: 1, reason: 'complete', evaluation: null },
    { type: 'trial-diverged', trial: two, attempt: 1, epoch: 1 },
    { type: 'trial-started', trial: three, attempt: 1 },
    { type: 'attempt-failed', trial: three, attempt: 1, code: 'exit', message: 'exit code 1' },
    { type: 'trial-started', trial: four, attempt: 1 },
    { type: 'trial-stopped', trial: four, reason: 'person' },
    { type: 'trial-started', trial: three, attempt: 2 },
    {
      type: 'trial-failed',
      trial: three,
      attempt: 2,
      code: 'exit',
      message: 'exit code 1\n"quoted", with a comma',
    },
    { type: 'campaign-concluded', kind: 'chosen', chosen: one, because: 'It is the best.', findings: [] },
  ];
}

const exampleEntries: readonly CampaignEntry[] = exampleEvents().map((event, index) => ({
  seq: index + 1,
  at: new Date(Date.UTC(2024, 0, 1, 0, 0, index)).toISOString(),
  event,
}));
