import { spawn } from 'node:child_process';
import { serveInThread } from '../../app/serve/serve-in-thread.js';
import { escapeControls } from '../../text/quote.js';

interface ServeFlags {
  readonly port?: number;
  readonly open?: boolean;
}

/** Serves pages of all campaigns in a folder until it is interrupted. */
export async function serveCommand(folder: string, { port = 0, open = false }: ServeFlags): Promise<void> {
  const serving = await serveInThread(folder, port);
  // Heard before anybody knows that the server is there.
  const interrupted = new Promise<void>((ended) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended());
  });
  process.stdout.write(
    `Campaigns in ${escapeControls(folder)}: ${serving.address}\n` +
      'Only this machine can open it, and only with this address. Ctrl-C ends it.\n',
  );
  if (open) openInBrowser(serving.address);
  await Promise.race([interrupted, serving.broken]);
  await serving.close();
}

function openInBrowser(address: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.on('error', () => process.stderr.write(`No browser was opened: ${opener} is not there.\n`));
  child.unref();
}
