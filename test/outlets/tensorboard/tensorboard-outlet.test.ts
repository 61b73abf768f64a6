import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import type { SearchSpace } from '../../../src/campaign/search-space.js';
import { TensorBoardOutlet } from '../../../src/outlets/tensorboard/tensorboard-outlet.js';
import type { Snapshot } from '../../../src/views/model/campaign-source.js';
import { emptyFolder } from '../../support/command-line.js';
import { dated, factsOf, finished, keyOf, planned, specOf } from '../../views/campaigns.js';
import { replay } from '../replay.js';

/** Debian's Python, which may have the libraries for Protocol Buffers and CRC-32C. */
const PYTHON = '/usr/bin/python3';
const run = promisify(execFile);
const hasParser = await run(PYTHON, ['-c', 'import crc32c, google.protobuf']).then(
  () => true,
  () => false,
);

const space: SearchSpace = {
  hidden: { kind: 'values', values: [8, 16], probabilities: null },
  widths: { kind: 'values', values: [[64, 32], [32]], probabilities: null },
  momentum: { kind: 'uniform', min: 0, max: 1 },
};
const facts = factsOf({ parameters: Object.keys(space), space });
const spec = (repeat: number) => specOf({ hidden: 8, widths: [64, 32], momentum: 0 }, { repeat });
const about = (repeat: number, attempt: number) => ({ trial: keyOf(spec(repeat)), attempt }) as const;
const events: readonly CampaignEvent[] = [
  { type: 'campaign-started', ...facts },
  planned('search', [spec(1), spec(2)], [spec(3)]),
  ...finished(spec(1), { val_loss: 0.5, train_loss: 0.75 }, { val_loss: 0, train_loss: 0.5 }),
  ...finished(spec(3), { val_loss: 0.125, train_loss: 0.25 }),
  { type: 'trial-started', ...about(2, 1) },
  { type: 'trial-reported', ...about(2, 1), report: { epoch: 1, metrics: { val_loss: 9, train_loss: 9 } } },
  { type: 'attempt-failed', ...about(2, 1), code: 'signal', message: 'SIGKILL' },
  { type: 'trial-started', ...about(2, 2) },
  { type: 'trial-failed', ...about(2, 2), code: 'exit', message: 'exit code 1' },
  planned('search', [spec(3)]),
];

/** Lets the outlet follow a campaign to its end. */
async function follow(folder: string, all: readonly CampaignEvent[]): Promise<void> {
  const driver = { slots: null, state: 'ended', message: null } as const;
  let snapshot: Snapshot | null = null;
  const snapshotNow = (): Snapshot => {
    if (snapshot === null) throw new Error('no entry yet');
    return snapshot;
  };
  const outlet = new TensorBoardOutlet(folder, snapshotNow, null);
  replay(dated(all), (entry, state) => {
    snapshot = { ...state, driver };
    outlet.onEntry(entry);
  });
  await outlet.finish();
}

it.skipIf(!hasParser)('an independent parser reads scalars, parameters, states and repeats', async () => {
  await using folder = await emptyFolder();
  await follow(folder.path, events);
  const read = fileURLToPath(new URL('read-events.py', import.meta.url));
  const files = JSON.parse((await run(PYTHON, [read, folder.path])).stdout);
  expect(Object.keys(files).sort()).toEqual([
    '.',
    '00001,hidden=8,widths=64-32,momentum=0,repeat=1',
    '00002,hidden=8,widths=64-32,momentum=0,repeat=2',
    '00003,hidden=8,widths=64-32,momentum=0,repeat=3',
  ]);
  const time = Date.UTC(2026, 0, 2) / 1000;
  const [version, experiment] = files['.'];
  expect(version).toEqual({ wall_time: time + 3, file_version: 'brain.Event:2' });
  expect(experiment.summary.value[0]).toMatchObject({
    tag: '_hparams_/experiment',
    hparams: {
      experiment: {
        name: 'small',
        hparam_infos: [
          { name: 'hidden', type: 3 },
          {
            name: 'widths',
            type: 1,
            domain_discrete: { values: [{ string_value: '[64,32]' }, { string_value: '[32]' }] },
          },
          { name: 'momentum', type: 3, domain_interval: { max_value: 1 } },
        ],
        metric_infos: [{ name: { tag: 'val_loss' } }, { name: { tag: 'train_loss' } }],
      },
    },
  });
  const start = {
    hparams: [
      { key: 'hidden', value: { number_value: 8 } },
      { key: 'widths', value: { string_value: '[64,32]' } },
      { key: 'momentum', value: { number_value: 0 } },
    ],
    group_name: 'search: hidden 8, widths 64-32, momentum 0',
  };
  const scalars = (value: number, other: number) => ({
    value: [
      { tag: 'val_loss', simple_value: value },
      { tag: 'train_loss', simple_value: other },
    ],
  });
  const text = (trial: number, end: string) =>
    `- trial: ${trial}\n- stage: search\n- repeat: ${trial}\n${end}`;
  expect(files['00001,hidden=8,widths=64-32,momentum=0,repeat=1']).toMatchObject([
    { file_version: 'brain.Event:2' },
    { summary: { value: [{ hparams: { session_start_info: { ...start, start_time_secs: time + 2 } } }] } },
    { wall_time: time + 3, step: '1', summary: scalars(0.5, 0.75) },
    { wall_time: time + 4, step: '2', summary: scalars(0, 0.5) },
    { summary: { value: [{ tag: 'trial', text: text(1, '- state: finished\n- reason: complete') }] } },
    { summary: { value: [{ hparams: { session_end_info: { status: 1, end_time_secs: time + 5 } } }] } },
  ]);
  // The second attempt makes TensorBoard forget what the first one reported.
  expect(files['00002,hidden=8,widths=64-32,momentum=0,repeat=2']).toMatchObject([
    { file_version: 'brain.Event:2' },
    { summary: { value: [{ hparams: { session_start_info: start } }] } },
    { step: '1', summary: scalars(9, 9) },
    { session_log: { status: 1 } },
    { summary: { value: [{ hparams: { session_start_info: start } }] } },
    {
      summary: {
        value: [{ text: text(2, '- state: failed\n- reason: exit\n- message: exit code 1') }],
      },
    },
    { summary: { value: [{ hparams: { session_end_info: { status: 2 } } }] } },
  ]);
  expect(files['00003,hidden=8,widths=64-32,momentum=0,repeat=3']).toHaveLength(5);
});

it('begins again where the campaign is extended, and leaves the files of others alone', async () => {
  await using folder = await emptyFolder();
  await follow(folder.path, events);
  const extension = [{ type: 'campaign-extended', ...facts } as const, planned('search', [spec(3)])];
  await follow(folder.path, [...events, ...extension]);
  expect((await readdir(folder.path)).sort()).toEqual([
    '00001,hidden=8,widths=64-32,momentum=0,repeat=3',
    expect.stringMatching(/^events\.out\.tfevents\.\d+\.fitfirst$/),
  ]);
});
