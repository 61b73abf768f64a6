/**
 * Events as version 0.1.0 wrote them, in the form that this version reads. Everything here describes what 0.1.0 did,
 * so it stays as it is when the code around it changes.
 */
export function upgradeEvent(event: unknown): unknown {
  if (!isRecord(event)) return event;
  switch (event.type) {
    case 'campaign-concluded':
      return 'kind' in event ? event : { ...event, kind: conclusionKindOf(event) };
    default:
      return event;
  }
}

/** Version 0.1.0 had one conclusion that no size fits. All others without a choice were failures. */
function conclusionKindOf({ chosen, because, findings }: UnknownRecord): string {
  if (chosen !== null) return 'chosen';
  if (because !== 'Nothing fits, and the config says to stop then.') return 'failed';
  // Where no trial of the growth gave the metric, the campaign counted as failed.
  const isMeasured = Array.isArray(findings) && findings.some(namesBestSize);
  return isMeasured ? 'nothing-fits' : 'failed';
}

function namesBestSize(finding: unknown): boolean {
  return isRecord(finding) && finding.kind === 'fitted' && String(finding.because).includes(' The best was ');
}

type UnknownRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
