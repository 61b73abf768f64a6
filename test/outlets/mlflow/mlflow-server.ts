import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

const description = JSON.parse(readFileSync(new URL('api-description.json', import.meta.url), 'utf8')) as {
  readonly endpoints: Readonly<Record<string, { readonly request: Readonly<Record<string, FieldType>> }>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, FieldType>>>>;
  readonly statuses: readonly string[];
  readonly names: string;
  readonly maxValue: number;
};

type FieldType = string | readonly [type: string, max: number];

interface Pair {
  readonly key: string;
  readonly value: string;
}

/** The fields of all requests; each endpoint has been checked for its own. */
interface Body {
  readonly experiment_name: string;
  readonly name: string;
  readonly experiment_id: string;
  readonly experiment_ids: readonly string[];
  readonly run_id: string;
  readonly run_name: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly status: string;
  readonly filter: string;
  readonly page_token?: string;
  readonly metrics?: StoredRun['metrics'];
  readonly params?: readonly Pair[];
  readonly tags?: readonly Pair[];
}

/** A run as the server keeps it. */
interface StoredRun {
  readonly experiment: string;
  readonly name: string;
  readonly start: number;
  end: number | null;
  status: string;
  isDeleted: boolean;
  readonly tags: Map<string, string>;
  readonly params: Map<string, string>;
  readonly metrics: { readonly key: string; readonly value: number; readonly step: number }[];
}

/** A server on this machine that serves the described part of MLflow's API, and refuses everything else. */
export interface MlflowServer extends AsyncDisposable {
  readonly uri: string;
  readonly experiments: readonly string[];
  /** Runs that were not deleted, in the order of their creation. */
  readonly runs: () => StoredRun[];
  /** What was refused, and why. */
  readonly refusals: readonly string[];
  /** The header `Authorization` of each request. */
  readonly credentials: (string | undefined)[];
  /** What the next requests get instead of an answer; null for answers again. */
  fault: 'unavailable' | 'silent' | 'forbidden' | null;
}

export async function startMlflowServer(pageSize = 2): Promise<MlflowServer> {
  const experiments: string[] = [];
  const runs: StoredRun[] = [];
  const refusals: string[] = [];
  const credentials: (string | undefined)[] = [];
  const state: { fault: MlflowServer['fault'] } = { fault: null };

  const handlers: Readonly<Record<string, (body: Body) => object | null>> = {
    'GET experiments/get-by-name': ({ experiment_name }) => {
      const place = experiments.indexOf(experiment_name);
      return place < 0 ? null : { experiment: { experiment_id: String(place) } };
    },
    'POST experiments/create': ({ name }) => ({ experiment_id: String(experiments.push(name) - 1) }),
    'POST runs/create': ({ experiment_id, run_name, start_time, tags }) => {
      runs.push({
        experiment: experiment_id,
        name: run_name,
        start: start_time,
        end: null,
        status: 'RUNNING',
        isDeleted: false,
        tags: new Map((tags ?? []).map(({ key, value }) => [key, value])),
        params: new Map(),
        metrics: [],
      });
      return { run: { info: { run_id: String(runs.length - 1), status: 'RUNNING' } } };
    },
    'POST runs/log-batch': ({ run_id, metrics = [], params = [], tags = [] }) => {
      const run = runs[Number(run_id)];
      if (run === undefined || run.isDeleted) return null;
      run.metrics.push(...metrics);
      for (const { key, value } of params) run.params.set(key, value);
      for (const { key, value } of tags) run.tags.set(key, value);
      return {};
    },
    'POST runs/update': ({ run_id, status, end_time }) => {
      const run = runs[Number(run_id)];
      if (run === undefined) return null;
      [run.status, run.end] = [status, end_time];
      return { run_info: { run_id } };
    },
    'POST runs/delete': ({ run_id }) => {
      const run = runs[Number(run_id)];
      if (run === undefined) return null;
      run.isDeleted = true;
      return {};
    },
    'POST runs/search': ({ experiment_ids, filter, page_token = '0' }) => {
      const [, tag = '', value] = /^tags\."([\w.]+)" = '([^']*)'$/.exec(filter) ?? [];
      const found = runs.flatMap((run, id) =>
        experiment_ids.includes(run.experiment) && !run.isDeleted && run.tags.get(tag) === value
          ? [
              {
                info: { run_id: String(id), status: run.status },
                data: { tags: [...run.tags].map(([key, one]) => ({ key, value: one })) },
              },
            ]
          : [],
      );
      const from = Number(page_token);
      const isLast = from + pageSize >= found.length;
      return {
        runs: found.slice(from, from + pageSize),
        ...(!isLast && { next_page_token: String(from + pageSize) }),
      };
    },
  };

  const answer = async (request: IncomingMessage): Promise<[status: number, body: object]> => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const name = `${request.method} ${url.pathname.replace('/api/2.0/mlflow/', '')}`;
    const given =
      request.method === 'GET' ? Object.fromEntries(url.searchParams) : JSON.parse(await text(request));
    const problems = problemsOf(name, given);
    if (problems.length > 0) {
      refusals.push(...problems);
      return [400, { error_code: 'INVALID_PARAMETER_VALUE', message: problems.join('; ') }];
    }
    const found = handlers[name]?.(given) ?? null;
    return found === null ? [404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: name }] : [200, found];
  };

  const server = createServer(async (request, response) => {
    credentials.push(request.headers.authorization);
    if (state.fault === 'silent') return;
    const [status, body] =
      state.fault === 'unavailable'
        ? [503, {}]
        : state.fault === 'forbidden'
          ? [403, { error_code: 'PERMISSION_DENIED', message: 'no' }]
          : await answer(request);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bound = server.address();
  return {
    uri: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`,
    experiments,
    runs: () => runs.filter(({ isDeleted }) => !isDeleted),
    refusals,
    credentials,
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Where a request is not as described. */
function problemsOf(name: string, given: Readonly<Record<string, unknown>>): string[] {
  const endpoint = description.endpoints[name];
  return endpoint === undefined ? [`${name} is not described`] : fieldProblems(name, endpoint.request, given);
}

function fieldProblems(
  place: string,
  fields: Readonly<Record<string, FieldType>>,
  given: Readonly<Record<string, unknown>>,
): string[] {
  const known = new Map(Object.entries(fields).map(([key, type]) => [key.replace('?', ''), type]));
  const unknown = Object.keys(given).filter((key) => !known.has(key));
  const missing = Object.keys(fields).filter((key) => !key.endsWith('?') && !(key in given));
  return [
    ...unknown.map((key) => `${place}: ${key} is not described`),
    ...missing.map((key) => `${place}: ${key} is missing`),
    ...Object.entries(given).flatMap(([key, value]) =>
      valueProblems(`${place} ${key}`, known.get(key), value),
    ),
  ];
}

function valueProblems(place: string, type: FieldType | undefined, value: unknown): string[] {
  if (type === undefined) return [];
  if (typeof type !== 'string') {
    const [inner, max] = type;
    if (!Array.isArray(value)) return [`${place} is no list`];
    if (value.length > max) return [`${place} has ${value.length} entries`];
    return value.flatMap((one) => valueProblems(place, inner, one));
  }
  const fields = description.types[type];
  if (fields !== undefined) {
    const pair = value as { readonly key: string; readonly value: unknown };
    const problems = fieldProblems(place, fields, { ...pair });
    if (!new RegExp(description.names).test(pair.key)) problems.push(`${place}: ${pair.key} is no name`);
    if (String(pair.value).length > description.maxValue) problems.push(`${place}: ${pair.key} is too long`);
    return problems;
  }
  const isRight =
    type === 'integer'
      ? Number.isInteger(value)
      : type === 'status'
        ? description.statuses.includes(String(value))
        : typeof value === type;
  return isRight ? [] : [`${place} is ${JSON.stringify(value)}`];
}
