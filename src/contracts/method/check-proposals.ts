import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Campaign } from '../../campaign/campaign.js';
import type { ParameterValue } from '../../campaign/parameters.js';
import { isActive } from '../../campaign/space/conditions.js';
import { isInDomain } from '../../campaign/space/in-domain.js';
import { exampleSpace, type MethodSurroundings } from './method-subject.js';

/** Checks every trial that a campaign has asked for. */
export function checkProposals(campaign: Campaign, { space = exampleSpace }: MethodSurroundings): void {
  const plan = campaign.facts?.plan;
  const stages = new Set(plan?.stages.map(({ name }) => name));
  for (const { stage } of campaign.batches) assert.ok(stages.has(stage), `the plan has no stage ${stage}`);
  const isOff = (name: string, value: ParameterValue): boolean =>
    plan?.regularisers.some((each) => each.name === name && isDeepStrictEqual(each.off, value)) ?? false;
  for (const { spec } of campaign.trials.values()) {
    const { parameters, repeat, epochs, finish } = spec;
    const found = JSON.stringify(parameters);
    const active = Object.keys(space).filter((name) => isActive(space, parameters, name));
    assert.deepEqual(Object.keys(parameters), active, `${found} is no setting of the space`);
    for (const [name, domain] of Object.entries(space)) {
      if (!active.includes(name)) continue;
      const value = parameters[name];
      const isAllowed = value !== undefined && (isInDomain(domain, value) || isOff(name, value));
      assert.ok(isAllowed, `${name} ${JSON.stringify(value)} is outside of its domain`);
    }
    assert.deepEqual(JSON.parse(JSON.stringify(spec)), spec);
    assert.ok(Number.isInteger(epochs) && epochs >= 1, `${epochs} epochs; expected a whole number from 1`);
    assert.ok(Number.isInteger(repeat), `repeat ${repeat}; expected a whole number`);
    assert.ok(
      finish === null ? repeat >= 1 : repeat === 0,
      `repeat ${repeat}; a search counts from 1, a finish has 0`,
    );
  }
}
