import { fileURLToPath } from 'node:url';
import { TrainingEngine } from './training-engine.js';

/** The code of OpenBLAS that it chooses by itself, and what it may miss on a processor that is newer than it is. */
const CORES = [undefined, 'Haswell', 'Zen', 'SkylakeX'];

/** How the libraries that fitfirst is compared with are run. */
interface PeerEnvironment {
  readonly env: NodeJS.ProcessEnv;
  /** The code that OpenBLAS runs, as OPENBLAS_CORETYPE names it; undefined for what it chooses by itself. */
  readonly core: string | undefined;
  /** The speed of a large product of matrices in single precision on one thread, in GFLOP/s; NaN without NumPy. */
  readonly peak: number;
}

/**
 * One thread for every library, and the code of OpenBLAS that multiplies fastest here. An OpenBLAS that does not know
 * the processor may choose code that is six times as slow as the processor allows.
 */
export async function peerEnvironment(python: string): Promise<PeerEnvironment> {
  let best: PeerEnvironment = { env: oneThread(), core: undefined, peak: Number.NaN };
  for (const core of CORES) {
    const env = { ...oneThread(), ...(core !== undefined && { OPENBLAS_CORETYPE: core }) };
    const peak = await peakOf(python, env);
    if (peak !== null && !(peak <= best.peak)) best = { env, core, peak };
  }
  return best;
}

/** Null if NumPy cannot be had, or ends: the processor may lack the instructions. */
async function peakOf(python: string, env: NodeJS.ProcessEnv): Promise<number | null> {
  const peers = fileURLToPath(new URL('training-peers.py', import.meta.url));
  await using engine = new TrainingEngine('sgemm', [python, peers, 'sgemm'], env);
  if ((await engine.answer()) === null) return null;
  return (await engine.ask({ name: 'peak' }))?.speed ?? null;
}

/**
 * The environment for one thread, in which OpenBLAS chooses its code by the processor: some machines set these two
 * variables for old versions of it.
 */
export function oneThread(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...rest } = process.env;
  return { ...rest, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
}
