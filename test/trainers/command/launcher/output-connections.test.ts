import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
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

it('removes the folder of a process that was killed, and no other', async () => {
  await using folder = await emptyFolder();
  vi.stubEnv('TMPDIR', folder.path);
  const dead = spawnSync('true').pid;
  const names = [
    `fitfirst-${dead}-AbC123`,
    `fitfirst-${dead}-AbC124`,
    `fitfirst-${process.pid}-AbC123`,
    'fitfirst-AbC123',
  ];
  for (const name of names) mkdirSync(join(folder.path, name));
  for (const [name, file] of [
    [names[0], 'output'],
    [names[1], 'notes'],
  ] as const)
    writeFileSync(join(folder.path, name ?? '', file), '');

  new OutputConnections().close();

  expect(readdirSync(folder.path).sort()).toEqual(names.slice(1).sort());
});
