/** A campaign that nobody watches or asks for counts as idle after this time. */
const IDLE_MILLISECONDS = 30_000;

/** Who watches which campaigns, and when somebody last asked for one. */
export class WatchedCampaigns {
  /** How many readers watch a campaign, or all of them under null. */
  readonly #watchers = new Map<string | null, number>();
  /** When somebody last asked for a campaign. */
  readonly #wanted = new Map<string, number>();

  /** Whether somebody watches all campaigns. */
  get areAll(): boolean {
    return this.#watchers.has(null);
  }

  /** The campaigns that somebody watches by name. */
  get names(): readonly string[] {
    return [...this.#watchers.keys()].filter((name) => name !== null);
  }

  /** Watches a campaign, or all of them if the name is null. Returns a function that ends this. */
  watch(name: string | null): () => void {
    this.#watchers.set(name, (this.#watchers.get(name) ?? 0) + 1);
    return () => {
      const left = (this.#watchers.get(name) ?? 1) - 1;
      if (left > 0) this.#watchers.set(name, left);
      else this.#watchers.delete(name);
    };
  }

  /** Says that somebody asks for a campaign now. */
  want(name: string): void {
    this.#wanted.set(name, performance.now());
  }

  /** Whether nobody has watched a campaign or asked for it for a while. */
  isIdle(name: string): boolean {
    if (this.areAll || this.#watchers.has(name)) this.want(name);
    return performance.now() - (this.#wanted.get(name) ?? 0) > IDLE_MILLISECONDS;
  }
}
