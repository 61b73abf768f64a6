import { join } from 'node:path';
import type { Parameters } from '../../../campaign/parameters.js';
import { campaignVariable } from '../processes/marked-processes.js';
import { parametersJson, type Spellings } from './written-values.js';

/** What a program is given for one trial. */
export interface TrialFacts {
  readonly parameters: Parameters;
  /** How the config spells their numbers; as JavaScript does if left out. */
  readonly spellings?: Spellings | undefined;
  /** The trial's key. */
  readonly key: string;
  /** The trial's own directory. */
  readonly directory: string;
  /** A seed that differs from repeat to repeat and is the same for every setting. */
  readonly seed: number;
  readonly repeat: number;
  readonly epochs: number;
  /** `finish` trains the final network. */
  readonly stage: 'search' | 'finish';
  /** Where checkpoints are kept; null if no shorter trial went before and no longer one can follow. */
  readonly checkpointDirectory: string | null;
  /** The campaign's results folder. */
  readonly folder: string;
}

/** The file with the parameters as JSON. */
export const parametersFileOf = ({ directory }: TrialFacts): string => join(directory, PARAMETERS_NAME);

/** The file to which a program may append its reports. */
export const reportFileOf = ({ directory }: TrialFacts): string => join(directory, REPORTS_NAME);

export const PARAMETERS_NAME = 'params.json';
export const REPORTS_NAME = 'report.jsonl';

/** The variables that describe a trial to its program. */
export function trialEnvironment(facts: TrialFacts): Record<string, string | undefined> {
  return {
    FITFIRST_PARAMS: parametersJson(facts.parameters, facts.spellings ?? {}),
    FITFIRST_TRIAL: facts.key,
    FITFIRST_TRIAL_DIR: facts.directory,
    FITFIRST_SEED: String(facts.seed),
    FITFIRST_REPEAT: String(facts.repeat),
    FITFIRST_EPOCHS: String(facts.epochs),
    FITFIRST_STAGE: facts.stage,
    FITFIRST_REPORT: reportFileOf(facts),
    FITFIRST_CHECKPOINT_DIR: facts.checkpointDirectory ?? undefined,
    [campaignVariable]: facts.folder,
  };
}

/** Facts of a trial that does not exist, to look at a command before any trial runs. */
export function exampleFacts(parameters: Parameters): TrialFacts {
  const directory = 'trials/trial-0123456789ab';
  return {
    parameters,
    key: '0123456789abcdef',
    directory,
    seed: 1,
    repeat: 1,
    epochs: typeof parameters.epochs === 'number' ? parameters.epochs : 1,
    stage: 'search',
    checkpointDirectory: join(directory, 'checkpoint'),
    folder: '.',
  };
}
