import { MemoryJournal } from '../../src/journal/memory-journal.js';
import { describeJournal } from './journal.contract.js';

describeJournal('a journal in memory', async (opening) => new MemoryJournal(opening));
