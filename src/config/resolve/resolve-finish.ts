import type { Checks } from '../diagnostics/checks.js';
import type { ResolvedConfig } from '../resolved-config.js';
import type { ConfigDraft } from '../schema/structure.js';

/**
 * The built-in network learns from all rows outside of the test part at last; an external trainer may need its
 * validation part. With folds no rows are left over to choose an epoch by.
 */
export function resolveFinish(draft: ConfigDraft, checks: Checks): ResolvedConfig['finish'] {
  const { on: asked, networks = 1 } = draft.finish ?? {};
  const { split } = draft.data ?? { split: undefined };
  const committee = networks > 1 ? { networks } : {};
  const isBuiltIn = checks.trainerKind.label === null;
  if (networks > 1 && !isBuiltIn) {
    const sentence = `finish.networks is ${networks}, but only the built-in network has committees. Leave it out.`;
    checks.report(['finish', 'networks'], sentence);
  } else if (networks > 1 && asked === 'training') {
    checks.report(
      ['finish', 'networks'],
      `finish.networks is ${networks}, but with on: training each network would learn from rows of its own. ` +
        'Write on: all, or leave networks out.',
    );
  }
  if (typeof split !== 'object' || !('folds' in split)) {
    return { on: asked ?? (isBuiltIn ? 'all' : 'training'), ...committee };
  }
  if (asked === 'training') {
    checks.report(
      ['finish', 'on'],
      'finish.on is training, but with folds the final network learns from all rows. Leave it out, or write all.',
    );
  }
  return { on: 'all', ...committee };
}
