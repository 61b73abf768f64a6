import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { systemErrorCode } from '../../platform/system-error.js';
import { errorReason } from '../../text/error-reason.js';
import { messagePage } from '../../views/pages/message-page.js';
import { answerTo, type ServedFolder } from './answer.js';
import { Drawings } from './drawings.js';
import { EventStreams } from './event-streams.js';
import { LiveCampaigns } from './live-campaigns.js';
import { checkRequest } from './request-check.js';
import { takeNote } from './take-note.js';

/** Pages that are being served. */
export interface Serving {
  /** The address with the token that opens the pages. */
  readonly address: string;
  /** Ends it, also for those who are connected. */
  close(): Promise<void>;
}

/** Only this machine reaches it. */
const HOST = '127.0.0.1';
const MAX_CONNECTIONS = 256;

/** Nothing comes from elsewhere, no script but ours runs, and no other page learns the address. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src data:; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * Serves pages of the campaigns in a folder and below it, to this machine alone: the list, each campaign as its report,
 * and comparisons. Pages follow running campaigns. Nothing is written, and no campaign is locked.
 *
 * @param folder where to look for campaigns
 * @param port 0 for any free port
 *
 * Throws FitfirstError USAGE_INVALID if the folder cannot be read or the port cannot be had.
 */
export async function serveCampaigns(folder: string, port: number): Promise<Serving> {
  const campaigns = new LiveCampaigns(resolve(folder));
  try {
    await campaigns.start();
  } catch (error) {
    if (systemErrorCode(error) === null) throw error;
    throw new FitfirstError('USAGE_INVALID', `${folder}: cannot be read: ${errorReason(error)}.`);
  }
  const drawings = new Drawings();
  const streams = new EventStreams(campaigns);
  const token = randomBytes(16).toString('hex');
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    respond(request, response, { campaigns, drawings, streams, token, folder }).catch((error: unknown) => {
      send(response, 500, 'text/html', messagePage('This page cannot be shown', errorReason(error)), request);
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((listening, failed) => {
    server.once('error', (error) => failed(portError(error, port)));
    server.listen(port, HOST, listening);
  });
  const bound = server.address();
  const address = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    address: `http://${HOST}:${address}/${token}/`,
    async close() {
      campaigns.close();
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Parts extends ServedFolder {
  readonly streams: EventStreams;
  readonly token: string;
}

async function respond(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const { campaigns, streams, token } = parts;
  const url = checkRequest(request, token);
  if (!(url instanceof URL)) {
    send(response, url.status, 'text/plain', `${url.message}\n`, request);
    return;
  }
  if (url.pathname === '/events') {
    if (!streams.hasRoom) {
      send(response, 503, 'text/plain', 'Too many pages are open.\n', request);
      return;
    }
    const last = request.headers['last-event-id'];
    const seen = (Array.isArray(last) ? last[0] : last) ?? url.searchParams.get('seen');
    streams.serve(response, url.searchParams.get('folder'), seen);
    return;
  }
  if (request.method === 'POST') {
    const refusal = await takeNote(request, url.searchParams.get('folder') ?? '', campaigns);
    send(response, refusal?.status ?? 200, 'text/plain', `${refusal?.message ?? 'Saved.'}\n`, request);
    return;
  }
  const shown = request.headers['x-drawn'];
  const { status, type, text, took } = await answerTo(url, parts, Array.isArray(shown) ? shown[0] : shown);
  if (typeof text !== 'string') return sendParts(response, status, type, text, request);
  // A page asks less often for what takes long to make.
  if (took !== undefined) response.setHeader('X-Took', Math.ceil(took));
  send(response, status, type, text, request);
}

/** Sends each part as soon as it is there. */
async function sendParts(
  response: ServerResponse,
  status: number,
  type: string,
  parts: AsyncIterable<string>,
  request: IncomingMessage,
): Promise<void> {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  for await (const part of parts) {
    if (response.destroyed) return;
    response.write(part);
  }
  response.end();
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  request: IncomingMessage,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}

function portError(error: unknown, port: number): Error {
  const code = systemErrorCode(error);
  if (code === null || !(error instanceof Error))
    return error instanceof Error ? error : new Error(String(error));
  const reason = code === 'EADDRINUSE' ? 'another program uses it' : errorReason(error);
  return new FitfirstError(
    'USAGE_INVALID',
    `Port ${port} cannot be used: ${reason}. Name another with --port N, or leave --port out for a free one.`,
  );
}
