import { describe, it } from 'vitest';
import { journalContract } from '../../src/contracts/journal/journal-contract.js';
import { MemoryJournal } from '../../src/journal/memory-journal.js';

describe('a journal in memory, as a journal', () => {
  const checks = journalContract({ open: async (opening) => new MemoryJournal(opening) });
  for (const { name, run } of checks) it(name, run);
});
