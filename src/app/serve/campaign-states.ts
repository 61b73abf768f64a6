import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { journalFileName } from '../../journal/file-journal.js';
import { systemErrorCode } from '../../platform/system-error.js';
import type { CampaignState } from '../journal-snapshot/campaign-state.js';
import { readCampaign } from '../read-campaign.js';

/** Journals whose states are kept may have this many bytes together; one is kept in any case. */
const MAX_BYTES = 100e6;

/** A journal at a moment. */
export interface JournalState {
  /** Tells journals apart, and states of one. */
  readonly id: string;
  readonly bytes: number;
}

/** The state of the journal in a folder; null if there is none any more. */
export async function journalState(folder: string): Promise<JournalState | null> {
  try {
    const { ino, size, mtimeMs } = await stat(join(folder, journalFileName));
    return { id: `${ino} ${size} ${mtimeMs}`, bytes: size };
  } catch (error) {
    if (systemErrorCode(error) !== null) return null;
    throw error;
  }
}

interface KeptState {
  readonly journal: JournalState;
  readonly state: Promise<CampaignState>;
}

/** Reads campaigns, and keeps the states that were wanted last, so that the pages of a campaign read it once. */
export class CampaignStates {
  /** By folder; the one that was wanted last is the last. */
  readonly #kept = new Map<string, KeptState>();

  /** The campaign of a folder whose journal is in this state. Throws what `readCampaign` throws. */
  async read(folder: string, journal: JournalState): Promise<CampaignState> {
    const kept = this.#kept.get(folder);
    const isCurrent = kept?.journal.id === journal.id;
    const one = kept !== undefined && isCurrent ? kept : { journal, state: readCampaign(folder) };
    this.#kept.delete(folder);
    this.#kept.set(folder, one);
    try {
      const state = await one.state;
      this.#forgetOldest();
      return state;
    } catch (error) {
      this.forget(folder);
      throw error;
    }
  }

  /** Takes over a state that was read elsewhere. */
  take(folder: string, journal: JournalState, state: CampaignState): void {
    this.#kept.set(folder, { journal, state: Promise.resolve(state) });
    this.#forgetOldest();
  }

  /** Forgets the state of a folder. */
  forget(folder: string): void {
    this.#kept.delete(folder);
  }

  #forgetOldest(): void {
    let bytes = [...this.#kept.values()].reduce((sum, { journal }) => sum + journal.bytes, 0);
    for (const [folder, { journal }] of this.#kept) {
      if (bytes <= MAX_BYTES || this.#kept.size === 1) return;
      this.#kept.delete(folder);
      bytes -= journal.bytes;
    }
  }
}
