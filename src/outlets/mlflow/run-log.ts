import type { CampaignFacts } from '../../campaign/event.js';
import { isSettled } from '../../campaign/trial.js';
import type { Asked } from '../../views/model/asked-trials.js';
import { type MlflowClient, MlflowError, textIn } from './mlflow-client.js';
import {
  type AttemptTimes,
  endTags,
  epochMetrics,
  finalMetrics,
  type KeyValue,
  type MetricValue,
  runStatus,
  TAG,
  trialParameters,
  trialTags,
} from './trial-run.js';

/** Limits of one request, which every MLflow server keeps to. */
const MAX_METRICS = 1000;
const MAX_PARAMETERS = 100;
const MAX_RUNS = 1000;

/** What the server has of a trial. */
interface SentRun {
  readonly id: string;
  readonly attempt: number;
  /** How many reports. */
  reports: number;
  hasEnded: boolean;
}

/**
 * The runs of a campaign on an MLflow server, one for each trial. What the server has of a campaign that ran before is
 * asked for first, so that nothing is sent twice. All methods throw MlflowError.
 */
export class RunLog {
  #experiment: string | null = null;
  /** By the keys of trials. */
  readonly #sent = new Map<string, SentRun>();

  /**
   * @param experiment the name of the experiment
   * @param campaign tells this campaign from others in the experiment
   */
  constructor(
    private readonly client: MlflowClient,
    private readonly experiment: string,
    private readonly campaign: string,
  ) {}

  /** Sends what the server lacks of a trial. A new attempt takes the place of the one before. */
  async send(trial: Asked, facts: CampaignFacts, times: AttemptTimes, stop: AbortSignal): Promise<void> {
    const experiment = this.#experiment ?? (await this.#open(stop));
    let sent = this.#sent.get(trial.key);
    if (sent !== undefined && sent.attempt !== trial.attempts) {
      await this.#delete(sent.id, stop);
      this.#sent.delete(trial.key);
      sent = undefined;
    }
    if (sent?.hasEnded) return;
    sent ??= await this.#create(experiment, trial, facts, times, stop);
    const metrics = epochMetrics(trial, sent.reports, times);
    if (isSettled(trial)) metrics.push(...finalMetrics(trial, times));
    await this.#logMetrics(sent.id, metrics, stop);
    sent.reports = trial.reports.size;
    if (!isSettled(trial)) return;
    await this.#log(sent.id, { tags: endTags(trial) }, stop);
    const end = { run_id: sent.id, status: runStatus(trial), end_time: times.ended ?? times.started };
    await this.client.post('runs/update', end, stop);
    sent.hasEnded = true;
  }

  async #open(stop: AbortSignal): Promise<string> {
    const id = await this.#experimentId(stop);
    let token = '';
    do {
      const body = {
        experiment_ids: [id],
        filter: `tags."${TAG.campaign}" = '${this.campaign.replaceAll("'", '_')}'`,
        max_results: MAX_RUNS,
        ...(token !== '' && { page_token: token }),
      };
      const answer = await this.client.post('runs/search', body, stop);
      for (const run of runsIn(answer)) {
        // A run without an end may lack anything.
        if (run.status === 'RUNNING' || run.trial === '') await this.#delete(run.id, stop);
        else this.#sent.set(run.trial, { id: run.id, attempt: run.attempt, reports: 0, hasEnded: true });
      }
      token = textIn(answer, 'next_page_token');
    } while (token !== '');
    this.#experiment = id;
    return id;
  }

  async #experimentId(stop: AbortSignal): Promise<string> {
    const { experiment } = this;
    try {
      const query = { experiment_name: experiment };
      const answer = await this.client.get('experiments/get-by-name', query, stop);
      return textIn(answer, 'experiment', 'experiment_id');
    } catch (error) {
      if (!(error instanceof MlflowError) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
      const answer = await this.client.post('experiments/create', { name: experiment }, stop);
      return textIn(answer, 'experiment_id');
    }
  }

  async #create(
    experiment_id: string,
    trial: Asked,
    facts: CampaignFacts,
    { started }: AttemptTimes,
    stop: AbortSignal,
  ): Promise<SentRun> {
    const run_name = `${facts.name} ${trial.number}`;
    const body = { experiment_id, start_time: started, run_name, tags: trialTags(trial, this.campaign) };
    const id = textIn(await this.client.post('runs/create', body, stop), 'run', 'info', 'run_id');
    const sent = { id, attempt: trial.attempts, reports: 0, hasEnded: false };
    this.#sent.set(trial.key, sent);
    for (const params of slices(trialParameters(trial), MAX_PARAMETERS))
      await this.#log(id, { params }, stop);
    return sent;
  }

  async #logMetrics(id: string, values: readonly MetricValue[], stop: AbortSignal): Promise<void> {
    for (const metrics of slices(values, MAX_METRICS)) await this.#log(id, { metrics }, stop);
  }

  async #log(
    run_id: string,
    batch: {
      readonly metrics?: readonly MetricValue[];
      readonly params?: readonly KeyValue[];
      readonly tags?: readonly KeyValue[];
    },
    stop: AbortSignal,
  ): Promise<void> {
    await this.client.post('runs/log-batch', { run_id, ...batch }, stop);
  }

  async #delete(run_id: string, stop: AbortSignal): Promise<void> {
    await this.client.post('runs/delete', { run_id }, stop);
  }
}

interface FoundRun {
  readonly id: string;
  readonly status: string;
  /** The key of its trial; empty if it has none. */
  readonly trial: string;
  readonly attempt: number;
}

function runsIn(answer: unknown): FoundRun[] {
  const runs: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'runs') : [];
  if (!Array.isArray(runs)) return [];
  return runs.map((run: unknown) => {
    const data: unknown = typeof run === 'object' && run !== null ? Reflect.get(run, 'data') : null;
    const given: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'tags') : [];
    const tags: unknown[] = Array.isArray(given) ? given : [];
    const tag = (name: string): string =>
      textIn(
        tags.find((one) => textIn(one, 'key') === name),
        'value',
      );
    return {
      id: textIn(run, 'info', 'run_id'),
      status: textIn(run, 'info', 'status'),
      trial: tag(TAG.trial),
      attempt: Number(tag(TAG.attempt)),
    };
  });
}

function slices<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
