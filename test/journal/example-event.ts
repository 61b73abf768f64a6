import { exampleOpening } from '../../src/contracts/journal/journal-subject.js';

export { type ExampleEvent, noted, parseExampleEvent } from '../../src/contracts/journal/journal-subject.js';
export const { identity, now } = exampleOpening;
