import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import { outletContract } from '../../src/contracts/outlet-contract.js';
import { builtInOutlets } from '../../src/outlets/built-in-outlets.js';
import type { Outlet } from '../../src/outlets/outlet.js';
import { emptyTiming } from '../../src/views/model/timing.js';
import { temporaryFolder } from '../journal/temporary-folder.js';

type CreateOutlet = (typeof builtInOutlets)[number];

/** A built-in outlet of one run, whose snapshots follow the entries that it receives. */
function follow(create: CreateOutlet, folder: string): Outlet {
  let campaign = emptyCampaign;
  const outlet = create({
    folder,
    config: null,
    snapshot: () => ({
      campaign,
      timing: emptyTiming,
      driver: { slots: null, state: 'running', message: null },
    }),
    giveUp: new AbortController().signal,
    onBehind() {},
  });
  return {
    name: outlet.name,
    onEntry(entry, record) {
      campaign = evolve(campaign, entry.event);
      return outlet.onEntry(entry, record);
    },
    finish: (record) => outlet.finish(record),
  };
}

const contentsOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

describe.each([...builtInOutlets.entries()])('built-in outlet %i', (_, create) => {
  let folder = '';
  const checks = outletContract({
    create: (again) => {
      if (!again) folder = temporaryFolder();
      return follow(create, folder);
    },
    written: () => contentsOf(folder),
  });
  for (const { name, run } of checks) it(name, run);
});
