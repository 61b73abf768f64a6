import type { CampaignRecord } from '../campaign/campaign-record.js';
import type { CampaignEntry } from '../campaign/event.js';
import { FitfirstError } from '../campaign/fitfirst-error.js';
import type { Parameters } from '../campaign/parameters.js';
import { createInProcessExecutor } from '../execution/in-process-executor.js';
import { programOf } from '../execution/kinds/executor-kind.js';
import { Slots } from '../execution/slots.js';
import type { TrainFunction, TrainReport } from '../trainers/train-function.js';
import { type AskedTrial, exchangeText, TrialExchange } from './asked-trial.js';
import type { CustomExecutor } from './custom-executor.js';
import { type TuneOptions, type TuneResult, type TuneRun, tune } from './tune.js';
import type { CampaignConfig, Setting, SpaceConfig } from './tune-config.js';

/** A campaign whose trials the program runs itself. */
export type StudyConfig<Space extends SpaceConfig> = Omit<
  CampaignConfig<Space>,
  'trainer' | 'executor' | 'workers'
>;

export interface StudyOptions extends Omit<TuneOptions, 'workers'> {
  /** Raise it whenever a change of the program changes results: trials of two versions are never mixed. Default: 1. */
  readonly version?: string | number;
}

/** A campaign whose trials your program asks for one by one, and whose results it passes back. */
export interface Study<P = Parameters> {
  /**
   * The next trial to run; null when the campaign is concluded or stopped. While the method has to know the results of
   * trials that are still open, it waits for them. Rejects with what ends the run.
   */
  ask(): Promise<AskedTrial<P> | null>;
  /**
   * Ends a trial: with its last metrics, without further ones if all are reported, or with an error if it failed.
   * Resolves when the end of the trial is journaled.
   */
  tell(trial: AskedTrial<P>, outcome?: TrainReport | Error): Promise<void>;
  /** Ends the run. Open trials start over when the study is opened again. */
  close(): Promise<TuneResult>;
  /** Resolves at the end of the run. */
  readonly result: Promise<TuneResult>;
  /** The campaign as it is now. */
  readonly campaign: CampaignRecord;
}

/**
 * Opens a campaign for a program that asks for its trials and runs them itself, or goes on with it if its results
 * folder holds a part of it. Rejects with CONFIG_INVALID for a bad config.
 */
export async function open<const Space extends SpaceConfig>(
  config: StudyConfig<Space> & StudyOptions,
): Promise<Study<Setting<Space>>> {
  const study = new OpenStudy(config);
  await study.opened;
  return study as Study<unknown> as Study<Setting<Space>>;
}

const EXECUTOR = 'ask_and_tell';

class OpenStudy implements Study {
  readonly result: Promise<TuneResult>;
  /** Resolves when the first events are journaled, or the run has ended. */
  readonly opened: Promise<void>;
  readonly #run: TuneRun;
  /** As many as the program asks for: trials that nobody asked for do not start. */
  readonly #slots = new Slots(0);
  readonly #waiting: ((trial: TrialExchange | null) => void)[] = [];
  /** Trials that started after their `ask` was given up; the next `ask` gets them. */
  readonly #offered: TrialExchange[] = [];
  readonly #running = new Set<TrialExchange>();
  /** Trials whose end is not journaled yet, by what the program sees of them. */
  readonly #open = new Map<AskedTrial, TrialExchange>();
  readonly #known = new WeakSet<AskedTrial>();
  #hasEnded = false;

  constructor({ version = 1, outlets = [], ...config }: StudyConfig<SpaceConfig> & StudyOptions) {
    let isOpen = (): void => {};
    const begun = new Promise<void>((resolve) => {
      isOpen = resolve;
    });
    const train: TrainFunction<Parameters> = (parameters, context) => {
      const exchange = new TrialExchange(parameters, context);
      this.#known.add(exchange.asked);
      this.#open.set(exchange.asked, exchange);
      this.#running.add(exchange);
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#offered.push(exchange);
      else waiting(exchange);
      return exchange.reports(() => {
        this.#running.delete(exchange);
        this.#fitSlots();
      });
    };
    const executor: CustomExecutor = {
      name: EXECUTOR,
      runs: ['object'],
      create: (context) => {
        const { seed, facts } = context;
        const { trainer } = programOf(context, 'object');
        return createInProcessExecutor({ slots: this.#slots, trainer, seed, metric: facts.metric });
      },
    };
    const outlet = {
      name: EXECUTOR,
      onEntry: ({ event }: CampaignEntry, campaign: CampaignRecord): void => {
        isOpen();
        if (ENDS.has(event.type) && 'trial' in event) this.#settle(event.trial, campaign);
      },
      finish: (): void => {},
    };
    this.#run = tune({ ...config, trainer: { train, version }, executor, outlets: [...outlets, outlet] });
    this.result = this.#run.result.finally(() => this.#end());
    this.opened = Promise.race([begun, this.result.then(() => {})]);
    // The error reaches those who wait for the end.
    this.result.catch(() => {});
  }

  get campaign(): CampaignRecord {
    return this.#run.campaign;
  }

  async ask(): Promise<AskedTrial | null> {
    for (let next = this.#offered.shift(); next !== undefined; next = this.#offered.shift())
      if (this.#running.has(next)) return next.asked;
    if (!this.#hasEnded) {
      const next = new Promise<TrialExchange | null>((resolve) => this.#waiting.push(resolve));
      this.#fitSlots();
      const exchange = await next;
      if (exchange !== null) return exchange.asked;
    }
    await this.result;
    return null;
  }

  async tell(trial: AskedTrial, outcome?: TrainReport | Error): Promise<void> {
    if (!this.#known.has(trial))
      throw new FitfirstError('USAGE_INVALID', 'tell got a trial that ask of this study did not give.');
    const exchange = this.#open.get(trial);
    if (exchange === undefined) return;
    if (outcome !== undefined && !(outcome instanceof Error)) void trial.report(outcome);
    exchange.end(outcome instanceof Error ? outcome : null);
    await exchange.settled;
  }

  async close(): Promise<TuneResult> {
    this.#run.stop();
    return this.result;
  }

  #fitSlots(): void {
    this.#slots.count = this.#waiting.length + this.#running.size;
  }

  #settle(key: string, campaign: CampaignRecord): void {
    const spec = campaign.trial(key)?.spec;
    if (spec === undefined) return;
    const stage = spec.finish === null ? 'search' : 'finish';
    const text = exchangeText(spec.parameters, spec.repeat, spec.epochs, stage);
    const exchange = [...this.#open.values()].find((one) => one.text === text);
    if (exchange === undefined) return;
    this.#open.delete(exchange.asked);
    exchange.settle();
  }

  #end(): void {
    this.#hasEnded = true;
    for (const exchange of this.#open.values()) exchange.settle();
    this.#open.clear();
    for (const waiting of this.#waiting.splice(0)) waiting(null);
  }
}

/** Events with which an attempt at a trial ends. */
const ENDS: ReadonlySet<string> = new Set([
  'trial-finished',
  'trial-diverged',
  'trial-failed',
  'trial-stopped',
  'attempt-failed',
  'attempt-lost',
]);
