/**
 * One thing that every implementation of an interface must do. `run` rejects if it does not. Pass each check to a test
 * runner of your choice, in order: `for (const { name, run } of executorContract(subject)) test(name, run);`
 */
export interface ContractCheck {
  readonly name: string;
  readonly run: () => Promise<void>;
}
