import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'vitest';
import { emptyCampaign, evolve } from '../../src/campaign/campaign.js';
import { outletContract } from '../../src/contracts/outlet-contract.js';
import { builtInOutlets } from '../../src/outlets/built-in-outlets.js';
import { outletKinds } from '../../src/outlets/kinds/outlet-kinds.js';
import type { Outlet, OutletContext } from '../../src/outlets/outlet.js';
import { emptyTiming, evolveTiming } from '../../src/views/model/timing.js';
import { temporaryFolder } from '../journal/temporary-folder.js';
import { UNKNOWN_FILES } from './unknown-files.js';

type CreateOutlet = (context: OutletContext) => Outlet | Promise<Outlet>;

/** An outlet of one run, whose snapshots follow the entries that it receives. */
async function follow(create: CreateOutlet, folder: string): Promise<Outlet> {
  let campaign = emptyCampaign;
  let timing = emptyTiming;
  const outlet = await create({
    folder,
    config: null,
    snapshot: () => ({
      campaign,
      timing,
      driver: { slots: null, state: 'running', message: null },
    }),
    files: UNKNOWN_FILES,
    giveUp: new AbortController().signal,
    onBehind() {},
  });
  return {
    name: outlet.name,
    onEntry(entry, record) {
      campaign = evolve(campaign, entry.event);
      timing = evolveTiming(timing, entry);
      return outlet.onEntry(entry, record);
    },
    finish: (record) => outlet.finish(record),
  };
}

const contentsOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path), readFileSync(path, 'latin1')]),
  );

/** The outlets that write below the results folder; `create` makes the one of a run. */
const subjects: readonly (readonly [name: string, create: CreateOutlet])[] = [
  ...builtInOutlets.map((create, place) => [`built-in ${place}`, create] as const),
  // Others write elsewhere, and have a test of their own.
  ...outletKinds
    .filter(({ schema }) => schema.safeParse({}).success)
    .map((kind) => [kind.name, (context: OutletContext) => kind.create({}, context)] as const),
];

describe.each(subjects)('outlet %s', (_, create) => {
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
