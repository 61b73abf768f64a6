import { checkTrainer } from '../../app/check-trainer.js';
import { type PreparedCampaign, prepareCampaign } from '../../app/prepare-campaign.js';
import { tryProgram } from '../../app/try/try-program.js';
import type { StopEarly } from '../../methods/stop-early/stop-early.js';
import { formatCount, formatPercent } from '../../text/number.js';
import { formatGrowth } from '../../views/text/format-growth.js';
import { exitCode } from '../exit-code.js';
import { formatTried, isTriedSound } from '../output/format-tried.js';
import { withReadingLine } from '../output/progress-line.js';

interface ValidateFlags {
  /** Milliseconds for which the program runs; it is not started without them. */
  readonly try?: number;
}

/**
 * Checks a config and its data, and prints how they were understood. With `try`, the program runs for a moment in a
 * folder of its own, and what was read is printed, too.
 */
export async function validateCommand(configPath: string, flags: ValidateFlags = {}): Promise<void> {
  const prepared = await withReadingLine((watch) => prepareCampaign(configPath, watch));
  await checkTrainer(prepared);
  process.stdout.write(`${configPath}: sound\n${describePrepared(prepared).join('\n')}\n`);
  if (flags.try === undefined) return;
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const tried = await tryProgram(prepared, flags.try, stop.signal).finally(() => {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  });
  if (stop.signal.aborted) {
    process.stderr.write('Interrupted while the program was tried; nothing was written.\n');
    process.exitCode = exitCode.interrupted;
    return;
  }
  process.stdout.write(`${formatTried(tried).join('\n')}\n`);
  if (!isTriedSound(tried)) process.exitCode = 2;
}

/** A campaign in a few lines: method, data, parts, metric. */
export function describePrepared({ facts, loaded }: PreparedCampaign): string[] {
  const { data } = facts;
  const lines = [
    `  campaign   ${facts.name}, ${facts.method}: ${facts.plan.stages.map(({ name }) => name).join(', ')}`,
  ];
  if (data !== null) {
    const { training, validation, test } = data.parts;
    const kind = data.classes === null ? 'regression' : `${data.classes.length} classes`;
    lines.push(
      `  data       ${formatCount(data.rows, 'row')}, ${formatCount(data.inputs, 'input')}, ${kind}`,
      `  parts      ${training} training, ${validation} validation, ${test} test`,
    );
  }
  const { growth } = facts.plan;
  const isNamed = growth !== null && (growth.open ?? growth.until ?? growth.depth ?? null) !== null;
  if (isNamed) lines.push(`  growth     ${formatGrowth(growth)}`);
  const { trainer, space, methodKind, plan, stopEarly } = loaded.config;
  for (const [label, text] of methodKind.describe?.(plan, space) ?? [])
    lines.push(`  ${label.padEnd(10)} ${text}`);
  if (stopEarly !== null) lines.push(`  stop_early ${formatStopEarly(stopEarly, facts.metric.name)}`);
  lines.push(...trainer.describe(space));
  const code = Object.keys(trainer.code.files);
  if (code.length > 0)
    lines.push(`  program    ${code.join(', ')}: edits are noticed when the campaign resumes`);
  const goal = facts.metric.goal === 'minimize' ? 'small' : 'large';
  lines.push(`  metric     ${facts.metric.name}, as ${goal} as possible`);
  lines.push(...facts.findings.map((finding) => `  note       ${finding.because}`));
  return lines;
}

/** By which rules trials end early. */
function formatStopEarly({ patience, fallingBehind }: StopEarly, metric: string): string {
  const rules = [
    ...(patience === null ? [] : [`${metric} has not improved for ${formatPercent(patience)} of its epochs`]),
    ...(fallingBehind === null
      ? []
      : [`it is not among the best ${formatPercent(fallingBehind.percentile / 100)}`]),
  ];
  return `a trial ends when ${rules.join(', or when ')}`;
}
