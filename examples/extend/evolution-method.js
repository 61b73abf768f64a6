// A search method: regularised evolution (Real et al. 2019, "Regularized Evolution for Image Classifier Architecture
// Search"). Each setting is a copy of a good recent one with one parameter drawn again.
import { drawSetting, endingWithoutChoice, isBetter, keyedStream } from 'fitfirst/extend';

const REASON = 'Each setting is the better of two recent ones with one parameter drawn again.';

/** @param {{ trials: number, population?: number, window?: number }} options */
export function evolution({ trials, population = 8, window = 4 }) {
  return {
    name: 'evolution',
    plan: () => ({
      stages: [
        { name: 'search', role: 'search' },
        { name: 'finish', role: 'finish' },
      ],
      growth: null,
      regularisers: [],
      options: { trials, population, window },
    }),
    search,
  };
}

function* search({ options }, context) {
  const answers = [];
  for (let index = 0; index < options.trials; index++) {
    const recent = answers.slice(-options.population);
    const parameters = propose(index, recent, options.population, context);
    const trial = { parameters, repeat: 1, epochs: context.epochs, until: null, finish: null };
    // Goes on before the last trials have ended, so that workers stay busy.
    answers.push(
      ...(yield { kind: 'ask', stage: 'search', because: REASON, trials: [trial], window: options.window }),
    );
  }
  answers.push(...(yield { kind: 'collect' }));
  const best = answers.reduce((a, b) => better(a, b, context));
  const mean = context.score(best);
  if (!Number.isFinite(mean)) {
    const ending = endingWithoutChoice(answers.map(({ state }) => state));
    return { kind: 'conclusion', ending, chosen: null, because: 'No trial gave the metric.' };
  }
  return yield* finish(best, mean, context);
}

/** The first settings are drawn at random. */
function propose(index, recent, population, { space, seed, ...context }) {
  const drawn = drawSetting(space, seed, index);
  if (index < population || recent.length === 0) return drawn;
  const chance = keyedStream('evolution', seed, index);
  const [one, other] = [recent[chance.below(recent.length)], recent[chance.below(recent.length)]];
  const names = Object.keys(space).filter((name) => space[name].kind !== 'fixed');
  const changed = names[chance.below(names.length)];
  return { ...better(one, other, context).spec.parameters, [changed]: drawn[changed] };
}

function better(one, other, { score, comparison }) {
  return isBetter(comparison.metric.goal, score(other), score(one)) ? other : one;
}

/** Trains the best setting once more, on repeat 0, and hands that network over. */
function* finish(best, mean, { comparison, epochs, finish: { on } }) {
  const { parameters } = best.spec;
  const validation = { mean, standardError: null, repeats: 1 };
  const because = 'The setting with the best score is chosen.';
  yield { kind: 'found', finding: { kind: 'chosen', parameters, epochs, validation, because } };
  const checkpoint = on === 'all' ? 'last' : comparison.checkpoint;
  const trial = { parameters, repeat: 0, epochs, until: null, finish: { on, checkpoint } };
  const reason = 'The chosen setting is trained once more.';
  const [final] = yield { kind: 'batch', stage: 'finish', because: reason, trials: [trial] };
  if (final.state === 'finished') return { kind: 'conclusion', ending: 'chosen', chosen: trial, because };
  const ending = final.state === 'stopped' ? 'stopped' : 'failed';
  return { kind: 'conclusion', ending, chosen: null, because: 'The final training did not finish.' };
}
