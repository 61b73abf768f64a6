import { availableParallelism, cpus } from 'node:os';

/** This machine and its Node in words, without the name of the host: `Intel Xeon, 8 cores, linux x64, Node v22.1.0`. */
export function machineName(): string {
  const model = cpus()[0]?.model.trim().replace(/\s+/g, ' ') ?? '';
  const cores = availableParallelism();
  return [
    ...(model === '' ? [] : [model]),
    `${cores} ${cores === 1 ? 'core' : 'cores'}`,
    `${process.platform} ${process.arch}`,
    `Node ${process.version}`,
  ].join(', ');
}
