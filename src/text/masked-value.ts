import { createHmac } from 'node:crypto';

const FORM = /^masked:[0-9a-f]{16}$/;

/**
 * What stands for a secret in everything that is written: equal for equal values of a variable, so that a change is
 * noticed. Values that can be guessed can be found out from it by trying them.
 */
export function maskValue(name: string, value: string): string {
  const digest = createHmac('sha256', `fitfirst trainer.env ${name}`).update(value).digest('hex');
  return `masked:${digest.slice(0, 16)}`;
}

export function isMasked(text: string): boolean {
  return FORM.test(text);
}

/** Masks the values that are not masked yet. */
export function maskValues(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const text = String(value);
      return [name, isMasked(text) ? text : maskValue(name, text)];
    }),
  );
}

/** Shorter values of variables, such as numbers of threads, are no secrets. */
const MIN_SECRET_LENGTH = 8;

/** A text in which `$NAME` stands in the place of the values of variables, of which some may be secrets. */
export function maskIn(text: string, values: Readonly<Record<string, string>>): string {
  const secrets = Object.entries(values).filter(([, value]) => value.length >= MIN_SECRET_LENGTH);
  return secrets
    .sort(([, a], [, b]) => b.length - a.length)
    .reduce((masked, [name, value]) => masked.replaceAll(value, () => `$${name}`), text);
}
