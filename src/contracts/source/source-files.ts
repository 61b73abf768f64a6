import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { RowSource } from '../../data/sources/row-source.js';
import { escapeControls } from '../../text/quote.js';
import type { ReferenceTable, SourceSubject } from './source-subject.js';

/** A folder for the files of a check. */
export class SourceFiles implements AsyncDisposable {
  #files = 0;

  private constructor(
    readonly subject: SourceSubject,
    readonly folder: string,
  ) {}

  static async create(subject: SourceSubject): Promise<SourceFiles> {
    return new SourceFiles(subject, await mkdtemp(join(tmpdir(), 'fitfirst-source-contract-')));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async sourceOf(table: ReferenceTable): Promise<RowSource> {
    const { subject } = this;
    if (!('open' in subject)) return subject.create(table);
    return subject.open(await this.write(await subject.encode(table)));
  }

  async write(bytes: Uint8Array): Promise<string> {
    this.#files += 1;
    const path = join(this.folder, `table-${this.#files}`);
    await writeFile(path, bytes);
    return path;
  }
}

/** Checks that an error is a diagnostic for people and returns its message. */
export function assertDiagnostic(error: unknown, name: string): string {
  const isDiagnostic = error instanceof FitfirstError && error.code === 'DATA_INVALID';
  if (!isDiagnostic)
    assert.fail(`found ${error instanceof Error ? error.stack : String(error)}; expected DATA_INVALID`);
  const { message } = error;
  const lines = message.split('\n');
  assert.ok(message.includes(escapeControls(name)), `the message does not name ${name}: ${message}`);
  assert.ok(
    lines.every((line) => line === escapeControls(line)),
    `the message is not safe to print: ${message}`,
  );
  assert.doesNotMatch(message, /^\s+at .*:\d+:\d+/m, 'the message holds a stack trace');
  return message;
}
