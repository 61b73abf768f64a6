import { createCustomMethod } from '../../methods/custom-method.js';
import type { ContractCheck } from '../contract.js';
import { methodChecks } from './method-checks.js';
import { contextOf, exampleSpace, type MethodSubject, type MethodUnderTest } from './method-subject.js';

/**
 * What every search method has to do: propose settings of the space, explain them, come to an end whatever its trials
 * do, and decide by nothing but its plan and the answers to what it asked.
 */
export function methodContract({
  method,
  extended,
  ...surroundings
}: MethodSubject): readonly ContractCheck[] {
  const { space = exampleSpace } = surroundings;
  const context = contextOf(surroundings);
  const underTest = (custom: MethodSubject['method']): MethodUnderTest => ({
    name: custom.name,
    plan: () => custom.plan({ space, epochs: context.epochs }),
    create: (plan) => createCustomMethod(custom, plan, context),
  });
  return methodChecks(underTest(method), extended && underTest(extended), surroundings);
}
