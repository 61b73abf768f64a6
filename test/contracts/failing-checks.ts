import type { ContractCheck } from '../../src/contracts/contract.js';

/** Names of the checks that reject. */
export async function failingChecks(checks: readonly ContractCheck[]): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of checks) await run().catch(() => failed.push(name));
  return failed;
}
