import { errorReason } from '../../text/error-reason.js';

/** Milliseconds that a request may take. */
const PATIENCE = 10_000;

/** A request that the server did not serve. */
export class MlflowError extends Error {
  override readonly name = 'MlflowError';

  constructor(
    message: string,
    /** Whether the same request may succeed later. */
    readonly isPassing: boolean,
    /** The server's own name of the error; empty without an answer. */
    readonly code = '',
  ) {
    super(message);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the address of a server, in a sentence that is safe to print; null where nothing is. */
export function addressProblem(uri: string): string | null {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return 'The address of the MLflow server has to begin with http:// or https://, as in http://localhost:5000.';
  return url.username === '' && url.password === ''
    ? null
    : 'The address of MLflow has a user or a password, and a config is copied to the results folder. Write the ' +
        'address alone, and set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.';
}

/** The REST API of an MLflow tracking server. Credentials come from the variables that MLflow itself reads. */
export class MlflowClient {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(uri: string, environment: Environment) {
    this.#base = `${uri.replace(/\/+$/, '')}/api/2.0/mlflow/`;
    this.#headers = { 'Content-Type': 'application/json', ...authorization(environment) };
  }

  /** The answer to a GET request. Throws MlflowError. */
  get(path: string, query: Readonly<Record<string, string>>, stop: AbortSignal): Promise<unknown> {
    return this.#ask(`${path}?${new URLSearchParams(query)}`, { method: 'GET' }, stop);
  }

  /** The answer to a POST request. Throws MlflowError. */
  post(path: string, body: object, stop: AbortSignal): Promise<unknown> {
    return this.#ask(path, { method: 'POST', body: JSON.stringify(body) }, stop);
  }

  async #ask(path: string, request: RequestInit, stop: AbortSignal): Promise<unknown> {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(PATIENCE)]);
    let response: Response;
    let text: string;
    try {
      // Through the global object: the bundle of the command line has no `fetch` of its own.
      response = await globalThis.fetch(this.#base + path, { ...request, headers: this.#headers, signal });
      text = await response.text();
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      throw new MlflowError(`no answer: ${errorReason(cause)}`, true);
    }
    const answer = parse(text);
    if (response.ok) return answer;
    const code = textIn(answer, 'error_code');
    const message = [`HTTP ${response.status}`, code, textIn(answer, 'message')].filter(Boolean).join(', ');
    throw new MlflowError(message, response.status === 429 || response.status >= 500, code);
  }
}

function authorization(environment: Environment): Record<string, string> {
  const {
    MLFLOW_TRACKING_USERNAME: user,
    MLFLOW_TRACKING_PASSWORD: password,
    MLFLOW_TRACKING_TOKEN: token,
  } = environment;
  if (user !== undefined && password !== undefined)
    return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A text at a path of an answer; empty if it is not there. */
export function textIn(answer: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (part, name) => (typeof part === 'object' && part !== null ? Reflect.get(part, name) : undefined),
    answer,
  );
  return typeof found === 'string' ? found : '';
}
