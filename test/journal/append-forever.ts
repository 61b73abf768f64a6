import { writeSync } from 'node:fs';
import { FileJournal } from '../../src/journal/file-journal.js';
import { identity, noted, parseExampleEvent } from './example-event.js';

// A program that appends to the journal of the folder in its first argument until it is killed. It prints the number
// of every entry that is durable, one a line.
const [, , folder = ''] = process.argv;
const journal = await FileJournal.open({
  folder,
  identity,
  parseEvent: parseExampleEvent,
  now: () => new Date(),
});
for (;;) {
  void journal.append(noted('a report, not waited for', 0.1));
  const { seq } = await journal.append(noted('an outcome', 0.2));
  writeSync(1, `${seq}\n`);
}
