import { parseMeasure } from './measure.js';

const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `90s`, `10m` or `1.5h`; null if the text is not a positive duration. */
export function parseDuration(text: string): number | null {
  return parseMeasure(text, MILLISECONDS);
}

/** Seconds as a clock shows them: `00:42`, or `1:02:03` from an hour on. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (part: number): string => String(part).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  const clock = `${two(minutes % 60)}:${two(whole % 60)}`;
  return minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${clock}`;
}

/** Seconds in the unit that fits, for estimates: `42 s`, `3 min`, `1.5 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = seconds / 60;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return `${(minutes / 60).toFixed(1)} h`;
}

/** Seconds in steps that a person can rely on in an estimate: `10 s`, `40 s`, `3 min`, `1.5 h`. */
export function formatRoughly(seconds: number): string {
  return formatSeconds(seconds < 90 ? Math.max(10, Math.round(seconds / 10) * 10) : seconds);
}

/** How long ago something happened, from milliseconds: `just now`, `3 min ago`, `5 h ago`, `12 d ago`. */
export function formatAge(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MILLISECONDS.m);
  if (minutes < 1) return 'just now';
  if (minutes < 90) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} d ago`;
}
