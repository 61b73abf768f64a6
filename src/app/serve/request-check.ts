import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request gets nothing. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Names under which only this machine is reached. Other names may be those of a site that rebinds its address. */
const LOCAL_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** What a request asks for, behind the token; or why it gets nothing. */
export function checkRequest(request: IncomingMessage, token: string): URL | Refusal {
  const { host, origin } = request.headers;
  if (host === undefined || !LOCAL_NAMES.has(host.replace(/:\d+$/, ''))) {
    return {
      status: 403,
      message: 'Open the address that fitfirst serve printed: this name is not of this machine.',
    };
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, message: 'Pages of other sites get nothing from here.' };
  }
  const path = request.url ?? '/';
  const [, given = '', rest] = /^\/([^/?]*)(\/.*)?$/.exec(path) ?? [];
  if (!isEqual(given, token)) {
    return {
      status: 403,
      message: 'The token in the address is missing or wrong. Open the address that fitfirst serve printed.',
    };
  }
  if (rest === undefined || !URL.canParse(rest, 'http://localhost')) return { status: 404, message: NOTHING };
  const url = new URL(rest, 'http://localhost');
  if (url.pathname === NOTE_PATH) return mayWrite(request) ? url : WRITE_REFUSED;
  return request.method === 'GET' || request.method === 'HEAD' ? url : READ_ONLY;
}

/** The only path that something is written by. */
const NOTE_PATH = '/note';

const READ_ONLY: Refusal = { status: 405, message: 'These pages can only be read.' };
const WRITE_REFUSED: Refusal = { status: 403, message: 'Only a page of this server can write a note.' };

/**
 * Only a page of this server may write: a browser names the origin of each such request, which was compared before, and
 * asks first before it sends JSON to another site.
 */
function mayWrite({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && headers['content-type'] === 'application/json' && headers.origin !== undefined;
}

const NOTHING = 'There is no such page.';

function isEqual(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
