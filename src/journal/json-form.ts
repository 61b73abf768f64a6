/**
 * The value as a reader of its JSON text gets it: -0 becomes 0, and properties that are undefined are left out. What
 * JSON keeps as it is stays the same object, so this is cheap. Throws TypeError for a value that JSON cannot hold.
 */
export function jsonForm<Value>(value: Value): Value {
  return formOf(value) as Value;
}

function formOf(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no form in JSON`);
      return value === 0 ? 0 : value;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? arrayForm(value) : objectForm(value);
    default:
      throw new TypeError(`a value of type ${typeof value} has no form in JSON`);
  }
}

function arrayForm(items: readonly unknown[]): readonly unknown[] {
  const forms = items.map(formOf);
  return forms.every((form, i) => Object.is(form, items[i])) ? items : forms;
}

function objectForm(object: object): object {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`an object of the class ${object.constructor.name} has no form in JSON`);
  }
  const fields = object as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields);
  const forms = keys.map((key) => (fields[key] === undefined ? undefined : formOf(fields[key])));
  if (keys.every((key, i) => forms[i] !== undefined && Object.is(forms[i], fields[key]))) return object;
  return Object.fromEntries(keys.flatMap((key, i) => (forms[i] === undefined ? [] : [[key, forms[i]]])));
}
