import type { CampaignEntry } from '../../campaign/event.js';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import type { TrialKey } from '../../campaign/trial.js';
import { formatCount } from '../../text/number.js';
import { shellWord } from '../../text/shell-word.js';
import { isAsked } from '../../views/model/asked-trials.js';
import type { Snapshot } from '../../views/model/campaign-source.js';
import type { Outlet } from '../outlet.js';
import { RepeatedTask } from '../repeated-task.js';
import { MlflowClient, MlflowError } from './mlflow-client.js';
import { RunLog } from './run-log.js';
import type { AttemptTimes } from './trial-run.js';

/** Milliseconds between two rounds, and at most while the server is away. */
const INTERVAL = 1000;
const MAX_PAUSE = 60_000;

/** What the outlet is created with. */
interface MlflowOptions {
  /** The address of the tracking server. */
  readonly uri: string;
  /** The name of the experiment; that of the campaign if it is left out. */
  readonly experiment?: string | undefined;
  /** The results folder, for the advice on what was not sent. */
  readonly folder: string;
  /** Milliseconds that the last round may take. */
  readonly patience: number;
  /** Ends the rounds; the last one early. */
  readonly giveUp: AbortSignal;
}

/**
 * A run on an MLflow server for each trial. Only the names of trials wait to be sent: what is sent is read from the
 * campaign, so a server that is away costs no memory and no time of the campaign.
 */
export class MlflowOutlet implements Outlet {
  readonly name = 'mlflow';
  readonly #client: MlflowClient;
  #log: RunLog | null = null;
  /** Trials of which the server may lack something. */
  readonly #waiting = new Set<TrialKey>();
  readonly #times = new Map<TrialKey, AttemptTimes>();
  #asked = 0;
  /** Rounds in a row that the server did not serve. */
  #failures = 0;
  /** Why it makes no sense to go on. */
  #refusal: MlflowError | null = null;
  readonly #rounds: RepeatedTask;

  constructor(
    private readonly options: MlflowOptions,
    private readonly snapshot: () => Snapshot,
  ) {
    this.#client = new MlflowClient(options.uri, process.env);
    this.#rounds = new RepeatedTask(
      (stop) => this.#round(stop),
      () => Math.min(MAX_PAUSE, INTERVAL * 2 ** this.#failures),
      options.giveUp,
    );
  }

  onEntry({ at, event }: CampaignEntry): void {
    if (event.type === 'campaign-extended') this.#asked = 0;
    if (event.type === 'batch-planned') {
      const { asked } = this.snapshot().campaign;
      for (const key of asked.slice(this.#asked)) if (this.#times.has(key)) this.#waiting.add(key);
      this.#asked = asked.size;
    }
    if ('trial' in event) {
      const time = Date.parse(at);
      const before = this.#times.get(event.trial);
      if (event.type === 'trial-started') this.#times.set(event.trial, { started: time, ended: null });
      else if (event.type !== 'trial-reported')
        this.#times.set(event.trial, { started: before?.started ?? time, ended: time });
      this.#waiting.add(event.trial);
    }
    if (this.#waiting.size > 0 && this.#refusal === null) this.#rounds.ask();
  }

  /** Throws FitfirstError if the server lacks trials at the end. */
  async finish(): Promise<void> {
    await this.#rounds.cancel();
    const { giveUp, patience, uri, folder } = this.options;
    const problem =
      this.#refusal ??
      (await this.#send(AbortSignal.any([giveUp, AbortSignal.timeout(patience)])).then(
        () => null,
        (error: unknown) => error,
      ));
    if (problem === null) return;
    if (!(problem instanceof MlflowError)) throw problem;
    throw new FitfirstError(
      'RESULTS_UNWRITABLE',
      `MLflow at ${uri} lacks ${formatCount(this.#waiting.size, 'trial')}: ${problem.message}. To send them later: ` +
        `fitfirst export ${shellWord(folder)} --format mlflow --output ${shellWord(uri)}`,
    );
  }

  async #round(stop: AbortSignal): Promise<void> {
    try {
      await this.#send(stop);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (error instanceof MlflowError && !error.isPassing) this.#refusal = error;
      else if (!stop.aborted) this.#rounds.ask();
    }
  }

  async #send(stop: AbortSignal): Promise<void> {
    for (const key of [...this.#waiting]) {
      const { campaign, timing } = this.snapshot();
      const { facts } = campaign;
      const trial = campaign.trials.get(key);
      const times = this.#times.get(key);
      this.#waiting.delete(key);
      if (facts === null || trial === undefined || times === undefined) continue;
      if (!isAsked(trial) || trial.state === 'waiting') continue;
      this.#log ??= new RunLog(
        this.#client,
        this.options.experiment ?? facts.name,
        `${facts.name} ${new Date(timing.started ?? 0).toISOString()}`,
      );
      try {
        await this.#log.send(trial, facts, times, stop);
      } catch (error) {
        this.#waiting.add(key);
        throw error;
      }
    }
  }
}
