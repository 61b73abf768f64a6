import type { CampaignState } from './campaign-state.js';
import { writeSnapshot } from './journal-snapshot.js';

/** A journal that is read in a moment needs no snapshot: this many bytes. */
const MIN_BYTES = 4e6;
/** A snapshot is written again when the journal has grown by this share and by `MIN_BYTES`. */
const GROWTH = 0.25;

/** What the writer needs of an open journal. */
interface OpenJournal {
  readonly path: string;
  readonly durableBytes: number;
  readonly isChained: boolean;
}

/**
 * Keeps a snapshot of a large journal while a campaign runs. Since it is written only after the journal has grown
 * by a quarter, all writing together takes time in proportion to the length of the journal.
 */
export class SnapshotWriter {
  #nextAt: number;
  #writing: Promise<void> | null = null;
  #writtenSeq = 0;

  /**
   * `state` returns the state of now and the number of its last entry, 0 if nothing followed on the snapshot that was
   * there. That one went up to `snapshotBytes` of the journal.
   */
  constructor(
    private readonly journal: OpenJournal,
    private readonly state: () => CampaignState & { readonly seq: number },
    snapshotBytes: number,
    private readonly stop: AbortSignal,
  ) {
    this.#nextAt = nextAfter(snapshotBytes);
  }

  /** Says that the state now includes another entry. */
  onEntry(): void {
    if (this.journal.durableBytes < this.#nextAt || this.#writing !== null) return;
    // By then the state includes all entries that are durable.
    this.#writing = new Promise((resolve) => setImmediate(() => resolve(this.#write())));
    void this.#writing.finally(() => {
      this.#writing = null;
    });
  }

  /** Brings the snapshot of a large journal up to date. Resolves at once when the run has to stop. */
  async finish(): Promise<void> {
    await this.#writing;
    const { seq } = this.state();
    if (this.stop.aborted || this.journal.durableBytes < MIN_BYTES || seq === this.#writtenSeq) return;
    await this.#write();
  }

  async #write(): Promise<void> {
    const { path, durableBytes: bytes, isChained } = this.journal;
    const { seq, campaign, timing } = this.state();
    this.#nextAt = nextAfter(bytes);
    // Without a snapshot, the journal is read from its start.
    await writeSnapshot(path, { campaign, timing, seq, bytes, isChained }, this.stop).catch(() => {});
    this.#writtenSeq = seq;
  }
}

function nextAfter(bytes: number): number {
  return bytes + Math.max(MIN_BYTES, GROWTH * bytes);
}
