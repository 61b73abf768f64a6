import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CampaignEvent } from '../../../src/campaign/event.js';
import { outletContract } from '../../../src/contracts/outlet-contract.js';
import { mlflowKind } from '../../../src/outlets/kinds/mlflow-kind.js';
import { MlflowOutlet } from '../../../src/outlets/mlflow/mlflow-outlet.js';
import type { Outlet } from '../../../src/outlets/outlet.js';
import { dated, factsOf, finished, keyOf, planned, specOf } from '../../views/campaigns.js';
import { followed, replay } from '../replay.js';
import { type MlflowServer, startMlflowServer } from './mlflow-server.js';

const spec = (repeat: number) => specOf({ hidden: [64, 32], 'odd:name': 'relu' }, { repeat });
const about = (repeat: number, attempt: number) => ({ trial: keyOf(spec(repeat)), attempt }) as const;
const curve = Array.from({ length: 600 }, (_, epoch) => ({ val_loss: 1 / (epoch + 1), 'f1@5': 0 }));
const events: readonly CampaignEvent[] = [
  { type: 'campaign-started', ...factsOf() },
  planned('search', [spec(1), spec(2), spec(3)]),
  ...finished(spec(1), ...curve),
  { type: 'trial-started', ...about(2, 1) },
  { type: 'trial-reported', ...about(2, 1), report: { epoch: 1, metrics: { val_loss: 9 } } },
  { type: 'attempt-failed', ...about(2, 1), code: 'signal', message: 'SIGKILL' },
  { type: 'trial-started', ...about(2, 2) },
  { type: 'trial-failed', ...about(2, 2), code: 'exit', message: 'x'.repeat(1000) },
  { type: 'trial-started', ...about(3, 1) },
  { type: 'trial-stopped', trial: keyOf(spec(3)), reason: 'person' },
];

function outletFor(server: Pick<MlflowServer, 'uri'>, giveUp = new AbortController().signal): Outlet {
  return followed(
    (snapshot) =>
      new MlflowOutlet({ uri: server.uri, folder: 'results/small', giveUp, patience: 60_000 }, snapshot),
  );
}

/** Sends a campaign to its end. */
async function send(outlet: Outlet, all: readonly CampaignEvent[] = events): Promise<void> {
  replay(dated(all), (entry, _, record) => void outlet.onEntry(entry, record));
  let last = null as Parameters<Outlet['finish']>[0] | null;
  replay(dated(all), (_, __, record) => {
    last = record;
  });
  if (last !== null) await outlet.finish(last);
}

describe('runs on an MLflow server', () => {
  it('have parameters, metrics by epoch, states, tags and repeats, and are sent once', async () => {
    await using server = await startMlflowServer();
    await send(outletFor(server));
    await send(outletFor(server));
    expect(server.refusals).toEqual([]);
    expect(server.experiments).toEqual(['small']);
    const [first, ...others] = server.runs();
    expect([first, ...others].map((run) => [run?.name, run?.status])).toEqual([
      ['small 1', 'FINISHED'],
      ['small 2', 'FAILED'],
      ['small 3', 'KILLED'],
    ]);
    expect(Object.fromEntries(first?.params ?? [])).toEqual({ hidden: '[64,32]', odd_name: 'relu' });
    const losses = (first?.metrics ?? []).filter(({ key }) => key === 'val_loss');
    expect(losses.map(({ value, step }) => [step, value])).toEqual(
      curve.map(({ val_loss }, place) => [place + 1, val_loss]),
    );
    expect(Object.fromEntries(first?.tags ?? [])).toMatchObject({
      'fitfirst.repeat': '1',
      'fitfirst.stage': 'search',
      'fitfirst.state': 'finished',
      'fitfirst.reason': 'complete',
    });
    expect(others[0]?.metrics).toEqual([]);
  });

  it('are completed after the server was away, and the campaign hears of it only at its end', async () => {
    await using server = await startMlflowServer();
    server.fault = 'unavailable';
    await expect(send(outletFor(server))).rejects.toThrow(
      /lacks 3 trials: HTTP 503. To send them later: fitfirst export results\/small --format mlflow --output http/,
    );
    server.fault = null;
    await send(outletFor(server), events.slice(0, 300));
    await send(outletFor(server));
    expect(server.runs().map(({ status }) => status)).toEqual(['FINISHED', 'FAILED', 'KILLED']);
    expect(server.runs()[0]?.metrics).toHaveLength(1200);
    expect(server.refusals).toEqual([]);
  });

  it('do not hold up a run that has to end while the server is silent', async () => {
    await using server = await startMlflowServer();
    server.fault = 'silent';
    await expect(send(outletFor(server, AbortSignal.abort()))).rejects.toThrow(/lacks 3 trials: no answer/);
  });

  it('are sent with the credentials of the environment, which no config may hold', async () => {
    await using server = await startMlflowServer();
    vi.stubEnv('MLFLOW_TRACKING_TOKEN', 'a-token');
    await send(outletFor(server));
    expect(new Set(server.credentials)).toEqual(new Set(['Bearer a-token']));
    expect(mlflowKind.problem?.({ uri: 'http://me:secret@localhost:5000' })).toMatch(/user or a password/);
    expect(mlflowKind.problem?.({ uri: 'localhost' })).toMatch(/http:\/\/localhost:5000/);
    server.fault = 'forbidden';
    await expect(send(outletFor(server))).rejects.toThrow('HTTP 403, PERMISSION_DENIED');
  });
});

describe('the contract of outlets', () => {
  let server: MlflowServer;
  beforeAll(async () => {
    server = await startMlflowServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const checks = outletContract({
    create: async (again) => {
      if (!again) {
        await server[Symbol.asyncDispose]();
        server = await startMlflowServer();
      }
      return outletFor(server);
    },
    written: () =>
      server
        .runs()
        .map(({ tags, params, ...run }) => ({ ...run, tags: [...tags], params: [...params] }))
        .sort((a, b) => a.name.localeCompare(b.name)),
  });
  for (const { name, run } of checks) it(name, run);
});
