/** What a filter looks at: the texts of a row by the name of their column. */
export type FilterFields = Readonly<Record<string, string>>;

type Test = (fields: FilterFields) => boolean;

/**
 * Whether a row matches a filter. Each of its words has to match: `failed` matches a part of any text, `hidden=32` a
 * whole value, `dropout>0.2` and `dropout<0.2` a number; `!failed` matches the rows that `failed` does not.
 */
export function filterOf(filter: string): Test {
  const tests = filter.toLowerCase().split(/\s+/).filter(Boolean).map(testOf);
  return (fields) => tests.every((test) => test(fields));
}

function testOf(word: string): Test {
  if (word.startsWith('!') && word.length > 1) {
    const test = testOf(word.slice(1));
    return (fields) => !test(fields);
  }
  const [, name, sign, value] = /^([^=<>]+)([=<>])(.+)$/.exec(word) ?? [];
  if (name === undefined || sign === undefined || value === undefined)
    return (fields) =>
      Object.entries(fields).some(([column, text]) => `${column} ${text}`.toLowerCase().includes(word));
  return (fields) =>
    Object.entries(fields).some(([column, text]) => {
      if (column.toLowerCase() !== name) return false;
      if (sign === '=') return text.toLowerCase() === value;
      return sign === '<' ? Number(text) < Number(value) : Number(text) > Number(value);
    });
}
