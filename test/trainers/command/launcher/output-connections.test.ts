import { mkdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OutputConnections } from '../../../../src/trainers/command/launcher/output-connections.js';
import { emptyFolder } from '../../../support/command-line.js';

/** A connection as the launcher makes one. */
function connected(path: string, number: number): Socket {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  const socket = connect(path);
  socket.write(bytes);
  return socket;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('connections for output', () => {
  it('are given in pairs, so that none waits for ever with one of them', async () => {
    const connections = new OutputConnections();
    await connections.listen();
    const taken = [connections.take(), connections.take()];

    const sockets = [5, 6, 7, 8].map((number) => connected(connections.path, number));

    const numbers = (await Promise.all(taken)).map((pair) => pair?.map(({ number }) => number));
    expect(numbers.flat().sort()).toEqual([5, 6, 7, 8]);
    connections.close();
    for (const socket of sockets) socket.destroy();
  });

  it('are no longer waited for when there will be no more', async () => {
    const connections = new OutputConnections();
    await connections.listen();
    const taken = connections.take();

    connections.close();

    expect(await taken).toBe(null);
    expect(await connections.take()).toBe(null);
  });

  it('need no short name of the folder for temporary files', async () => {
    await using folder = await emptyFolder();
    const long = join(folder.path, 'x'.repeat(120));
    mkdirSync(long);
    vi.stubEnv('TMPDIR', long);
    const connections = new OutputConnections();

    await connections.listen();

    expect(connections.path.length).toBeLessThanOrEqual(103);
    connections.close();
  });
});
