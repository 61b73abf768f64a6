import { describeKernel } from '../../mlp/compiled-kernel.js';
import { version } from '../../platform/version.js';

/** Prints the version, and what else a bug report needs to say. */
export function versionCommand(): void {
  process.stdout.write(
    `fitfirst ${version}\n` +
      `kernel   ${describeKernel()}\n` +
      `node     ${process.version} (${process.platform}-${process.arch})\n`,
  );
}
