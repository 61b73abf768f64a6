/** What programs call a learning rate, without case and punctuation. */
const LEARNING_RATES = new Set([
  'learningrate',
  'learningrateinit',
  'initiallearningrate',
  'baselearningrate',
  'maxlearningrate',
  'lr',
  'lr0',
  'lrinit',
  'initlr',
  'initiallr',
  'baselr',
  'maxlr',
  'peaklr',
  'stepsize',
  'eta',
  'eta0',
  'alpha',
]);

/** Whether a parameter is a learning rate, judged by its name. */
export function isLearningRate(name: string): boolean {
  return LEARNING_RATES.has(name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}
