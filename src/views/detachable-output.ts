/** Something to write to that may go away. */
interface Output {
  write(text: string): void;
  /** True once the reader is gone; what is written then is lost. */
  readonly closed: boolean;
}

/**
 * An output that never fails: when the stream cannot be written to any more (its reader closed the pipe, the terminal
 * hung up), it says so once and is silent from then on. The stream's errors stay caught for the rest of the process,
 * because words that are still on their way may fail later.
 */
export function detachableOutput(stream: NodeJS.WritableStream, onClosed: () => void): Output {
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    onClosed();
  };
  stream.on('error', close);
  stream.on('close', close);
  return {
    get closed() {
      return closed;
    },
    write(text) {
      if (closed) return;
      if (stream.writable) stream.write(text);
      else close();
    },
  };
}
