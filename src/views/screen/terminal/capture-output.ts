import { formatCount } from '../../../text/number.js';

/** Number of the last lines that are kept. */
const KEPT = 20;

/** Something that is written to, such as standard output. */
type Written = Pick<NodeJS.WriteStream, 'write'>;

/**
 * Keeps back what others write, a module that prints its progress say, so that it does not land in the middle of the
 * screen. Returns the way to let go, which gives the last lines of it, empty where there were none.
 */
export function captureOutput(streams: readonly Written[]): () => string {
  let lines: string[] = [];
  let total = 0;
  let open = '';
  const hold = (text: string): void => {
    const [first = '', ...rest] = (open + text).split('\n');
    const ended = rest.length === 0 ? [] : [first, ...rest.slice(0, -1)];
    open = rest.at(-1) ?? first;
    total += ended.length;
    lines = [...lines, ...ended].slice(-KEPT);
  };
  const restores = streams.map((stream) => replaceWrite(stream, hold));
  return () => {
    for (const restore of restores) restore();
    if (open !== '') hold('\n');
    if (total === 0) return '';
    const some = total > KEPT ? ` (the last ${KEPT} of ${formatCount(total, 'line')})` : '';
    return `Printed meanwhile${some}:\n${lines.join('\n')}\n`;
  };
}

function replaceWrite(stream: Written, hold: (text: string) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, 'write');
  const write = (chunk: Uint8Array | string, ...rest: readonly unknown[]): boolean => {
    hold(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    const done = rest.find((one) => typeof one === 'function');
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  stream.write = write as NodeJS.WriteStream['write'];
  return () => {
    if (own === undefined) Reflect.deleteProperty(stream, 'write');
    else Object.defineProperty(stream, 'write', own);
  };
}
