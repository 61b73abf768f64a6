import { z } from 'zod';
import { FitfirstError } from '../../campaign/fitfirst-error.js';
import { addressProblem } from '../mlflow/mlflow-client.js';
import { defineOutletKind } from './outlet-kind.js';

/** Milliseconds that the end of a run waits for the server, and the end of an export. */
const PATIENCE = { run: 10_000, export: 600_000 };

/** Runs on an MLflow server. */
export const mlflowKind = defineOutletKind({
  name: 'mlflow',
  schema: z
    .strictObject({
      uri: z
        .string()
        .describe(
          'The address of the tracking server, such as `http://localhost:5000`. Credentials come from ' +
            '`MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, or from `MLFLOW_TRACKING_TOKEN`.',
        ),
      experiment: z
        .string()
        .min(1)
        .max(250)
        .optional()
        .describe('The name of the experiment. Default: the name of the campaign.'),
    })
    .describe('Runs on an MLflow tracking server, one for each trial.'),
  problem: ({ uri }) => addressProblem(uri),
  async create(options, { folder, snapshot, giveUp }) {
    const { MlflowOutlet } = await import('../mlflow/mlflow-outlet.js');
    return new MlflowOutlet({ ...options, folder, giveUp, patience: PATIENCE.run }, snapshot);
  },
  async export({ output, folder, snapshot }) {
    const problem =
      output === null ? 'Name the server, as in --output http://localhost:5000.' : addressProblem(output);
    if (output === null || problem !== null) throw new FitfirstError('USAGE_INVALID', problem ?? '');
    const { MlflowOutlet } = await import('../mlflow/mlflow-outlet.js');
    const giveUp = new AbortController().signal;
    return new MlflowOutlet({ uri: output, folder, giveUp, patience: PATIENCE.export }, snapshot);
  },
});
