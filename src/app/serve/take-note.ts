import type { IncomingMessage } from 'node:http';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { LiveCampaigns } from './live-campaigns.js';
import { parseNote } from './note-file.js';
import type { Refusal } from './request-check.js';

/** Bytes of a request at most: a note of letters that take four bytes each, in JSON. */
const MAX_BYTES = 100_000;

/** Reads a note from a request and writes it for the campaign of this name; null when it is written. */
export async function takeNote(
  request: IncomingMessage,
  name: string,
  campaigns: LiveCampaigns,
): Promise<Refusal | null> {
  const text = await bodyOf(request);
  if (text === null) return { status: 413, message: 'This note is too long.' };
  const note = parseNote(text);
  if (note === null)
    return { status: 400, message: 'Expected a star and a note of at most 10,000 characters.' };
  try {
    const isWritten = await campaigns.setNote(name, note);
    return isWritten ? null : { status: 404, message: 'There is no campaign in this folder.' };
  } catch (error) {
    if (error instanceof FitfirstError) return { status: 422, message: error.message };
    throw error;
  }
}

/** The body of a request; null if it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    // The rest of a body that is too long is read and forgotten, so that the sender gets an answer.
    if (bytes <= MAX_BYTES) parts.push(part);
  }
  return bytes > MAX_BYTES ? null : Buffer.concat(parts).toString('utf8');
}
