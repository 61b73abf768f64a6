const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration as it is written: `90s`, `10m`, `1.5h`; null where it is none. */
export function millisecondsOf(text: string): number | null {
  return measured(text, units);
}

const KIBI = 1024;
const sizes: Readonly<Record<string, number>> = {
  KiB: KIBI,
  MiB: KIBI * KIBI,
  GiB: KIBI * KIBI * KIBI,
  KB: 1000,
  MB: 1000 * 1000,
  GB: 1000 * 1000 * 1000,
};

/** Bytes of an amount of memory as it is written: `500MB`, `2GiB`; null where it is none. */
export function bytesOf(text: string): number | null {
  return measured(text, sizes);
}

function measured(text: string, units: Readonly<Record<string, number>>): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  const value = Number(amount) * (factor ?? Number.NaN);
  return value > 0 ? value : null;
}
