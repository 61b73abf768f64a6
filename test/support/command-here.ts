import type { Ended } from './command-line.js';

const cli = new URL('../../dist/cli/', import.meta.url).href;

// What `dist/cli/main.js` loads.
const { createProgram }: typeof import('../../src/cli/program.js') = await import(`${cli}program.js`);
const { exitCodeOfError }: typeof import('../../src/cli/exit-code.js') = await import(`${cli}exit-code.js`);
const { formatError }: typeof import('../../src/cli/format-error.js') = await import(`${cli}format-error.js`);

/** Thrown in the place of an exit. */
class Exit extends Error {}

/**
 * Runs `fitfirst` to its end like `fitfirst`, but in this process: the program is loaded only once, which takes longer
 * than a small campaign. Commands of one file have to run one after the other.
 */
export async function fitfirstHere(folder: string, ...words: readonly string[]): Promise<Ended> {
  const env = { ...process.env };
  const home = process.cwd();
  const { exit } = process;
  const stdout = hold(process.stdout);
  const stderr = hold(process.stderr);
  delete process.env.CI;
  process.chdir(folder);
  process.exitCode = undefined;
  process.exit = (code) => {
    process.exitCode = code ?? process.exitCode;
    throw new Exit();
  };
  try {
    await createProgram().parseAsync([process.execPath, 'fitfirst', ...words]);
  } catch (error) {
    if (!(error instanceof Exit)) {
      process.stderr.write(`${formatError(error)}\n`);
      process.exitCode = exitCodeOfError(error);
    }
  } finally {
    stdout.release();
    stderr.release();
    process.exit = exit;
    process.chdir(home);
    // What a command set is for the programs that it starts.
    for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
    Object.assign(process.env, env);
  }
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { code, signal: null, stdout: stdout.text(), stderr: stderr.text() };
}

/** Keeps what is written to a stream until it is released. What listens to it for the rest of a process goes too. */
function hold(stream: NodeJS.WriteStream): { text(): string; release(): void } {
  const { write } = stream;
  let text = '';
  const listeners = ['error', 'close'].map((event) => ({ event, before: stream.rawListeners(event) }));
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  return {
    text: () => text,
    release: () => {
      stream.write = write;
      for (const { event, before } of listeners) {
        for (const listener of stream.rawListeners(event)) {
          if (!before.includes(listener)) stream.off(event, listener as () => void);
        }
      }
    },
  };
}
