import { describe, expect, test } from 'vitest';
import { GroupCommit } from '../../src/journal/group-commit.js';

/** A disk whose commits end when the test says so. */
class SlowDisk {
  readonly commits: string[] = [];
  #end: { readonly resolve: () => void; readonly reject: (reason: Error) => void } | null = null;
  #begun: (() => void) | null = null;

  readonly commit = (lines: Buffer): Promise<void> => {
    if (this.#end !== null) throw new Error('two commits at once');
    this.commits.push(lines.toString());
    this.#begun?.();
    return new Promise((resolve, reject) => {
      this.#end = { resolve, reject };
    });
  };

  /** Resolves when the commit of this number (from 1) has begun. */
  async begun(number: number): Promise<void> {
    while (this.commits.length < number) {
      await new Promise<void>((resolve) => {
        this.#begun = resolve;
      });
    }
  }

  end(failure: Error | null = null): void {
    const current = this.#end;
    this.#end = null;
    if (failure === null) current?.resolve();
    else current?.reject(failure);
  }
}

describe('group commit', () => {
  test('has one commit in flight; all that comes meanwhile goes into the next one', async () => {
    const disk = new SlowDisk();
    const group = new GroupCommit(disk.commit);
    const first = group.add(Buffer.from('1,'));
    await disk.begun(1);
    const others = ['2,', '3,', '4,'].map((line) => group.add(Buffer.from(line)));
    expect(disk.commits).toEqual(['1,']);
    disk.end();
    await first;
    await disk.begun(2);
    expect(disk.commits).toEqual(['1,', '2,3,4,']);
    disk.end();
    await Promise.all(others);
  });

  test('needs one commit for a thousand lines of the same turn', async () => {
    const sizes: number[] = [];
    const group = new GroupCommit(async (lines) => {
      sizes.push(lines.length);
    });
    await Promise.all(Array.from({ length: 1000 }, () => group.add(Buffer.from('x'))));
    expect(sizes).toEqual([1000]);
  });

  test('resolves no line before its commit has ended', async () => {
    const disk = new SlowDisk();
    const group = new GroupCommit(disk.commit);
    let durable = false;
    const line = group.add(Buffer.from('1')).then(() => {
      durable = true;
    });
    await disk.begun(1);
    expect(durable).toBe(false);
    disk.end();
    await line;
    expect(durable).toBe(true);
  });

  test('after a failed commit refuses its lines, those that wait and those that come, and writes no more', async () => {
    const disk = new SlowDisk();
    const group = new GroupCommit(disk.commit);
    const inFlight = group.add(Buffer.from('1'));
    await disk.begun(1);
    const waiting = group.add(Buffer.from('2'));
    const failure = new Error('EIO');
    disk.end(failure);
    await expect(inFlight).rejects.toBe(failure);
    await expect(waiting).rejects.toBe(failure);
    await expect(group.add(Buffer.from('3'))).rejects.toBe(failure);
    await group.settled();
    expect(group.failure).toBe(failure);
    expect(disk.commits).toEqual(['1']);
  });

  test('when stopped, still commits what waits, and refuses what comes', async () => {
    const disk = new SlowDisk();
    const group = new GroupCommit(disk.commit);
    const waiting = group.add(Buffer.from('1'));
    group.stop(new Error('closed'));
    await expect(group.add(Buffer.from('2'))).rejects.toThrow('closed');
    await disk.begun(1);
    disk.end();
    await waiting;
    await group.settled();
    expect(disk.commits).toEqual(['1']);
  });
});
